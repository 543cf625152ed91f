package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static dev.tidings.log.Requests.data;
import static dev.tidings.log.Requests.events;
import static dev.tidings.log.Requests.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.LocalLogContract;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log in a file promises beyond other logs. Over 300 lines, since each fact is one of the same log. */
class FileLogTest extends LocalLogContract {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private int files;

    @Override
    protected EventLog open(Retention retention, Clock clock) {
        return FileLog.open(folder.resolve("contract-" + files++), retention, clock, WAIT);
    }

    @Test
    void whatAHistoryTakesAtMostIsSaidBeforehand() {
        int small = 10;
        long bytes = 1L << 30;
        assertThat(FileLog.memory(small, bytes))
                .isEqualTo((32L << 20)
                        + small * (12L + 64 + PublishRequest.MAX_ID_BYTES)
                        + 3 * (16L << 20)
                        + small * 512L);
        assertThat(FileLog.memory(1_000, 1_000))
                .isEqualTo((32L << 20) + 1_000 * (12L + 64) + 1_000 + 3 * 1_000 + 1_000 * 512L);
    }

    @Test
    void everyFieldOfAnEventSurvivesARestart() {
        clock.set(Instant.parse("2026-01-01T12:00:00.123456789Z"));
        var whole = new PublishRequest(
                List.of("/orders/7", "/ünïcode/\uD83D\uDE80"),
                "typ",
                "d\r\n\0\uD83D\uDE80",
                "mine",
                86_400_000,
                true,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var bare = new PublishRequest(List.of("/a"), null, null, null, null, false);
        List<Event> before;
        try (EventLog log = openLog(AMPLE)) {
            before = log.append(List.of(whole, bare));
        }
        try (EventLog log = openLog(AMPLE)) {
            assertThat(events(log)).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void positionsSurviveARestartAndGoOn() {
        Position last;
        try (EventLog log = openLog(AMPLE)) {
            append(log, "1");
            last = append(log, "2").position();
        }
        try (EventLog log = openLog(AMPLE)) {
            assertThat(log.end()).isEqualTo(last);
            assertThat(log.find(last.toString())).isEqualTo(last);
            assertThat(append(log, "3").position()).isEqualTo(last.at(last.sequence() + 1));
            assertThat(data(log)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void publishersIdsSurviveARestart() {
        Position first;
        try (EventLog log = openLog(AMPLE)) {
            first = log.append(List.of(Requests.withId("twice"))).get(0).position();
            append(log, "between");
            log.append(List.of(Requests.withId("twice")));
        }
        try (EventLog log = openLog(AMPLE)) {
            assertThat(log.find("twice")).isEqualTo(first);
        }
    }

    @Test
    void everyIdThatIsHeldIsKnownAfterARestart() {
        try (EventLog log = openLog(AMPLE)) {
            log.append(IntStream.rangeClosed(1, 300)
                    .mapToObj(n -> Requests.withId("id-" + n))
                    .toList());
        }
        try (EventLog log = openLog(AMPLE)) {
            for (int n = 1; n <= 300; n++) {
                assertThat(log.find("id-" + n)).isEqualTo(log.start().at(n));
            }
        }
    }

    @Test
    void retentionHoldsOnAcrossARestart() {
        Retention three = retention(3, Duration.ofHours(1), 1L << 30);
        try (EventLog log = openLog(three)) {
            IntStream.rangeClosed(1, 5).forEach(n -> append(log, "" + n));
        }
        try (EventLog log = openLog(three)) {
            assertThat(data(log)).containsExactly("3", "4", "5");
            append(log, "6");
            assertThat(data(log)).containsExactly("4", "5", "6");
        }
        try (EventLog log = openLog(retention(1, Duration.ofHours(1), 1L << 30))) {
            assertThat(data(log)).containsExactly("6");
        }
    }

    @Test
    void placesAreNeverGivenTwiceEvenWhenEverythingIsForgotten() {
        Retention hour = retention(100, Duration.ofHours(1), 1L << 30);
        Position last;
        try (EventLog log = openLog(hour)) {
            IntStream.rangeClosed(1, 80).forEach(n -> append(log, "" + n));
            last = log.end();
            clock.advance(Duration.ofHours(2));
            assertThat(log.start()).isEqualTo(last);
        }
        try (EventLog log = openLog(hour)) {
            assertThat(log.start()).isEqualTo(last);
            assertThat(log.end()).isEqualTo(last);
            assertThat(append(log, "next").sequence()).isEqualTo(last.sequence() + 1);
        }
    }

    /** A file has its oldest events removed when some sixty are forgotten. */
    @Test
    void historyGoesOnInAFileWhoseOldestEventsAreRemoved() {
        Retention three = retention(3, Duration.ofHours(1), 1L << 30);
        Position last;
        try (EventLog log = openLog(three)) {
            IntStream.rangeClosed(1, 100).forEach(n -> append(log, "" + n));
            last = log.end();
        }
        try (EventLog log = openLog(three)) {
            assertThat(log.end()).isEqualTo(last);
            assertThat(data(log)).containsExactly("98", "99", "100");
            assertThat(append(log, "101").sequence()).isEqualTo(last.sequence() + 1);
            assertThat(data(log)).containsExactly("99", "100", "101");
        }
    }

    @Test
    void idsOfForgottenEventsAreForgotten() {
        try (EventLog log = openLog(retention(100, Duration.ofHours(1), 1L << 30))) {
            for (int n = 0; n < 1_000; n++) {
                log.append(List.of(Requests.withId("id-" + n)));
            }
            assertThat(log.find("id-899")).isNull();
            assertThat(log.find("id-900")).isEqualTo(log.start().at(901));
        }
    }

    @Test
    void bigEventsArePagedAndSurvive() {
        String big = "x".repeat(3 << 20);
        try (EventLog log = openLog(AMPLE)) {
            log.append(List.of(Requests.of(big + 1), Requests.of(big + 2), Requests.of("small")));
            patiently(() -> assertThat(log.readAfter(0, 10, 1)).hasSize(1));
        }
        try (EventLog log = openLog(AMPLE)) {
            patiently(() -> assertThat(data(log)).containsExactly(big + 1, big + 2, "small"));
        }
    }

    /** Whoever reads waits for a busy disk a second, and no longer; on a busy machine this reads again. */
    private static void patiently(Runnable reading) {
        Eventually.passes(() -> {
            try {
                reading.run();
            } catch (LogUnavailableException busy) {
                throw new AssertionError("the disk is busy", busy);
            }
        });
    }

    /** Found when one commit could add more events than it removed forgotten ones. */
    @Test
    void fileStaysSmallWhileManyPublishBatches() throws Exception {
        var few = LocalLogContract.retention(1_000, Duration.ofHours(1), 1L << 30);
        List<PublishRequest> batch = Collections.nCopies(1_000, Requests.of("x".repeat(50)));
        ExecutorService publishers = Executors.newFixedThreadPool(16);
        try (FileLog log = FileLog.open(file(), few, Clock.systemUTC(), WAIT)) {
            log.follow(events -> {});
            var batches = new ArrayList<Future<?>>();
            for (int i = 0; i < 200; i++) {
                batches.add(publishers.submit(() -> log.append(batch)));
            }
            for (Future<?> one : batches) {
                one.get();
            }
            assertThat(Files.size(file())).isLessThan(16L << 20);
        } finally {
            publishers.shutdownNow();
        }
    }

    @Test
    void fileStaysSmallWhileHistoryMovesOn() throws IOException {
        try (EventLog log = openLog(retention(1_000, Duration.ofHours(1), 1L << 30))) {
            var batch = new ArrayList<PublishRequest>();
            IntStream.range(0, 100).forEach(n -> batch.add(Requests.of("x".repeat(1_000))));
            IntStream.range(0, 300).forEach(n -> log.append(batch));
            assertThat(events(log)).hasSize(1_000);
            assertThat(Files.size(file())).isLessThan(8L << 20);
        }
    }

    /** Each commit takes blocks of the file, however little is in it; soon most of them are of no use any more. */
    @Test
    void fileStaysSmallWhileALonePublisherIsNeverAtRest() throws IOException {
        try (EventLog log = openLog(AMPLE)) {
            IntStream.range(0, 2_000).forEach(n -> append(log, "" + n));
            assertThat(Files.size(file())).isLessThan(512L << 10);
        }
    }

    @Test
    void passingEventsStayInOrderAmongKeptOnesOfOneBatch() throws InterruptedException {
        var skip = new Retention(
                100, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of(TopicSelector.of("/skipped"))));
        var heard = new LinkedBlockingQueue<Event>();
        try (EventLog log = FileLog.open(file(), skip, clock, WAIT)) {
            log.follow(heard::addAll);
            var skipped = new PublishRequest(List.of("/skipped"), null, "s", null, null, false);
            List<Event> batch = log.append(List.of(Requests.of("1"), skipped, Requests.of("2")));
            for (Event event : batch) {
                assertThat(heard.poll(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                        .isSameAs(event);
            }
            assertThat(batch.get(1).position()).isEqualTo(batch.get(0).position());
            assertThat(ids(events(log)))
                    .containsExactly(batch.get(0).id(), batch.get(2).id());
        }
    }

    /** Found when a reader of the container was interrupted: it closed the file for all. */
    @Test
    void interruptedReaderHarmsNobody() {
        try (EventLog log = openLog(AMPLE)) {
            append(log, "1");
        }
        try (EventLog log = openLog(AMPLE)) {
            Thread.currentThread().interrupt();
            assertThat(data(log)).containsExactly("1");
            assertThat(Thread.interrupted()).isTrue();
            append(log, "2");
            assertThat(data(log)).containsExactly("1", "2");
        }
    }

    private Path file() {
        return folder.resolve("log");
    }

    private EventLog openLog(Retention retention) {
        EventLog log = FileLog.open(file(), retention, clock, WAIT);
        log.follow(events -> {});
        return log;
    }
}
