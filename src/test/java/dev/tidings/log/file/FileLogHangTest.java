package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static dev.tidings.log.Requests.data;
import static dev.tidings.log.Requests.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.event.Event;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.log.Requests;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not answer, for a while or for ever: it holds few publishers, and no others. */
class FileLogHangTest {

    /** Long enough for a disk that answers, beside whatever else the machine does. */
    private static final BoundedWait SHORT = new BoundedWait(Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private final List<Event> delivered = new CopyOnWriteArrayList<>();
    private @Nullable TestDisk disk;
    private @Nullable FileLog log;

    private void open(BoundedWait wait) {
        Path file = folder.resolve("log");
        disk = new TestDisk(file);
        log = FileLog.open(file, TestDisk.LAYER, AMPLE, new ManualClock(), wait);
        log.follow(delivered::addAll);
    }

    @AfterEach
    void close() {
        disk.goOn();
        log.close();
    }

    @Test
    void publisherThatWaitsTooLongIsToldSoAndLaterWhatBecameOfIt() {
        open(SHORT);
        append(log, "1");
        disk.hold();
        var unknown = catchThrowableOfType(OutcomeUnknownException.class, () -> append(log, "late"));
        assertThat(unknown.outcome()).isNotDone();
        assertThat(data(log)).containsExactly("1");
        disk.goOn();
        List<Event> events = Eventually.value(unknown.outcome());
        assertThat(events).extracting(Event::data).containsExactly("late");
        assertThat(data(log)).containsExactly("1", "late");
        Eventually.passes(() -> assertThat(delivered).extracting(Event::data).containsExactly("1", "late"));
    }

    @Test
    void whatWasNotBegunWhenItsPublisherWentIsNeverWritten() {
        open(SHORT);
        disk.hold();
        assertThatThrownBy(() -> append(log, "begun")).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> append(log, "taken back"))
                .isInstanceOf(LogUnavailableException.class)
                .isNotInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("nothing was accepted");
        disk.goOn();
        Eventually.holds("the disk answers", () -> log.fault() == null);
        append(log, "next");
        assertThat(data(log)).containsExactly("begun", "next");
    }

    @Test
    void onlySoManyWaitForADiskThatHangs() throws InterruptedException {
        open(WAIT);
        disk.hold();
        var refused = new CopyOnWriteArrayList<Throwable>();
        List<Thread> publishers = IntStream.range(0, 260)
                .mapToObj(n -> new Thread(() -> publish("" + n, refused)))
                .toList();
        publishers.forEach(Thread::start);
        Eventually.passes(
                () -> assertThat(publishers.stream().filter(Thread::isAlive)).hasSize(BoundedWait.SLOTS));
        assertThatThrownBy(() -> append(log, "one more")).isInstanceOf(LogUnavailableException.class);
        disk.goOn();
        for (Thread publisher : publishers) {
            publisher.join();
        }
        long unknown = refused.stream()
                .filter(OutcomeUnknownException.class::isInstance)
                .count();
        assertThat(refused).hasSize(260 - BoundedWait.SLOTS);
        Eventually.passes(() -> assertThat(data(log)).hasSize((int) (BoundedWait.SLOTS + unknown)));
    }

    @Test
    void faultSaysForHowLongTheDiskHasNotAnswered() {
        open(SHORT);
        disk.hold();
        assertThatThrownBy(() -> append(log, "late")).isInstanceOf(LogUnavailableException.class);
        Eventually.passes(
                () -> assertThat(log.fault()).matches("the disk has not answered for \\d+ s: it hangs at a write"));
        disk.goOn();
        Eventually.holds("all is well", () -> log.fault() == null);
    }

    @Test
    void closingWaitsALimitedTimeAndTheFileIsGivenBackWhenTheDiskAnswers() {
        open(SHORT);
        append(log, "1");
        disk.hold();
        assertThatThrownBy(() -> append(log, "late")).isInstanceOf(OutcomeUnknownException.class);
        log.close();
        assertThatThrownBy(() -> FileLog.open(folder.resolve("log"), AMPLE, new ManualClock(), WAIT))
                .hasMessageContaining("in use");
        disk.goOn();
        Eventually.holds("the file is given back", this::canBeOpened);
        try (FileLog again = FileLog.open(folder.resolve("log"), AMPLE, new ManualClock(), WAIT)) {
            assertThat(data(again)).containsExactly("1", "late");
        }
    }

    @Test
    void readersOfADiskThatHangsAreToldSoWhilePublishingGoesOn() {
        var patient = new BoundedWait(Duration.ofSeconds(3));
        open(WAIT);
        // More than the cache holds.
        for (int n = 0; n < 5; n++) {
            log.append(Collections.nCopies(40, Requests.of("x".repeat(200_000))));
        }
        log.close();
        delivered.clear();
        open(patient);
        // What has left the cache is found again as long as no collector came by.
        System.gc();
        // At once before what is published meanwhile: after a second without any, the writer would read, too.
        append(log, "its page stays in the cache");
        disk.holdReads();
        List<Thread> readers = IntStream.range(0, 200)
                .mapToObj(n -> new Thread(
                        () -> assertThatThrownBy(() -> events(log)).isInstanceOf(LogUnavailableException.class)))
                .toList();
        readers.subList(0, 8).forEach(Thread::start);
        append(log, "published meanwhile");
        readers.subList(8, 200).forEach(Thread::start);
        Eventually.passes(() -> assertThat(delivered).extracting(Event::data).contains("published meanwhile"));
        Eventually.holds("no reader waits", () -> readers.stream().noneMatch(Thread::isAlive));
        Eventually.passes(() -> {
            assertThatThrownBy(() -> events(log)).isInstanceOf(LogUnavailableException.class);
            assertThat(log.fault()).matches("the disk has not answered for \\d+ s: it hangs at a read");
        });
        disk.goOn();
        Eventually.holds("all is well", () -> log.fault() == null);
        assertThat(events(log)).hasSize(202);
    }

    private boolean canBeOpened() {
        try {
            FileLog.open(folder.resolve("log"), AMPLE, new ManualClock(), WAIT).close();
            return true;
        } catch (IllegalArgumentException inUse) {
            return false;
        }
    }

    private void publish(String data, List<Throwable> refused) {
        try {
            append(log, data);
        } catch (LogUnavailableException refusal) {
            refused.add(refusal);
        }
    }
}
