package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static dev.tidings.log.Requests.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.Requests;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are slow, full and broken. */
class FileLogFaultTest {

    @TempDir
    private Path folder;

    private final List<Event> delivered = new CopyOnWriteArrayList<>();
    private TestDisk disk;
    private FileLog log;

    @BeforeEach
    void open() {
        Path file = folder.resolve("log");
        disk = new TestDisk(file);
        log = FileLog.open(file, TestDisk.LAYER, AMPLE, new ManualClock(), WAIT);
        log.follow(delivered::addAll);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void publishersThatComeTogetherShareASync() throws InterruptedException {
        int before = disk.syncs();
        append(log, "lone");
        int syncsOfOne = disk.syncs() - before;
        disk.hold();
        List<Thread> publishers = IntStream.range(0, 24)
                .mapToObj(n -> new Thread(() -> append(log, "" + n)))
                .toList();
        try {
            publishers.forEach(Thread::start);
            Eventually.holds(
                    "all wait for the disk",
                    () -> publishers.stream()
                            .allMatch(publisher -> publisher.getState() == Thread.State.TIMED_WAITING));
        } finally {
            disk.goOn();
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(data(log)).hasSize(25).doesNotHaveDuplicates();
        // Those that came first, and all that came while the disk was busy with them.
        assertThat(disk.syncs() - before).isLessThanOrEqualTo(3 * syncsOfOne);
    }

    @Test
    void aLonePublisherIsAnsweredAfterASyncOfItsOwn() {
        for (int n = 0; n < 20; n++) {
            int before = disk.syncs();
            append(log, "" + n);
            assertThat(disk.syncs()).isGreaterThan(before);
        }
    }

    @Test
    void fullDiskRefusesAndRecoversWhenThereIsRoom() {
        append(log, "1");
        disk.fill();
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        assertThat(log.fault()).isEqualTo("the log's file cannot be written (No space left on device)");
        assertThatThrownBy(() -> append(log, "refused too")).isInstanceOf(LogUnavailableException.class);
        disk.mend();
        Eventually.holds("the log can be written again", () -> log.fault() == null);
        append(log, "2");
        assertThat(data(log)).containsExactly("1", "2");
        assertDelivered("1", "2");
    }

    /** Found when a hub went on answering 201 for events that no restart would find. */
    @Test
    void fileThatIsDeletedRefusesPublishersAndIsReadStill() throws IOException {
        append(log, "1");
        Files.delete(folder.resolve("log"));
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        assertThat(log.fault()).isEqualTo("the log's file was deleted or moved away");
        assertThat(data(log)).containsExactly("1");
        log.pass(Requests.of("passing"));
        assertDelivered("1", "passing");
    }

    @Test
    void fileThatIsMissedInQuietTimesIsSaidToo() throws IOException {
        append(log, "1");
        Files.delete(folder.resolve("log"));
        Eventually.passes(() -> assertThat(log.fault()).isEqualTo("the log's file was deleted or moved away"));
    }

    @Test
    void fileThatIsMovedBackGoesOn() throws IOException {
        append(log, "1");
        Path away = Files.move(folder.resolve("log"), folder.resolve("away"));
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        Files.move(away, folder.resolve("log"));
        Eventually.holds("the log can be written again", () -> log.fault() == null);
        append(log, "2");
        assertThat(data(log)).containsExactly("1", "2");
    }

    /** Another file under its name is nothing to write in, or to take commits back from. */
    @Test
    void fileOfAnotherLogUnderItsNameIsLeftAlone() throws IOException {
        append(log, "1");
        Path other = folder.resolve("other");
        try (FileLog theirs = FileLog.open(other, AMPLE, new ManualClock(), WAIT)) {
            theirs.follow(events -> {});
            IntStream.range(0, 20).forEach(n -> append(theirs, "theirs " + n));
        }
        Files.delete(folder.resolve("log"));
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        Files.move(other, folder.resolve("log"));
        Eventually.passes(() -> assertThat(log.fault()).startsWith("the log's file cannot be written"));
        log.close();
        try (FileLog theirs = FileLog.open(folder.resolve("log"), AMPLE, new ManualClock(), WAIT)) {
            assertThat(data(theirs)).hasSize(20);
        }
    }

    /** Found when an error between a commit and its being known left every later publish refused. */
    @Test
    void whatIsInTheFileAndNotKnownIsTakenInAndDelivered() {
        EventStore store = openWithAnEventThatIsNotKnown();
        assertThat(append(log, "3").sequence()).isEqualTo(3);
        assertThat(data(log)).containsExactly("1", "data", "3");
        assertThat(log.find("unknown")).isEqualTo(store.positions().at(2));
        assertDelivered("data", "3");
    }

    @Test
    void whatIsNotKnownIsDeliveredThoughNobodyPublishes() {
        openWithAnEventThatIsNotKnown();
        assertDelivered("data");
        assertThat(data(log)).containsExactly("1", "data");
    }

    @Test
    void historyIsReadAndPassingEventsFlowWhileTheDiskIsFull() {
        Event first = append(log, "1");
        disk.fill();
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        Eventually.passes(() -> assertThat(readOrNothing()).containsExactly("1"));
        log.pass(Requests.of("passing"));
        assertDelivered("1", "passing");
        assertThat(delivered.get(1).position()).isEqualTo(first.position());
        assertThat(log.find(first.id())).isEqualTo(first.position());
    }

    @Test
    void whatASyncRefusedIsNeitherDeliveredNorFoundNorAfterARestart() {
        append(log, "1");
        disk.breakSyncs();
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        disk.mend();
        Eventually.holds("the log can be written again", () -> log.fault() == null);
        Position end = append(log, "2").position();
        assertThat(end.sequence()).isEqualTo(2);
        assertThat(data(log)).containsExactly("1", "2");
        assertDelivered("1", "2");
        log.close();
        open();
        assertThat(data(log)).containsExactly("1", "2");
        assertThat(log.end()).isEqualTo(end);
    }

    @Test
    void powerCutAfterAFailedSyncLosesNothingAnswered() throws Exception {
        for (int n = 0; n < 3; n++) {
            append(log, "" + n);
            disk.breakSyncs();
            assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
            disk.mend();
            Eventually.holds("the log can be written again", () -> log.fault() == null);
        }
        append(log, "last");
        Path survivor = folder.resolve("survivor");
        disk.cutPower(survivor);
        try (FileLog found = FileLog.open(survivor, AMPLE, new ManualClock(), WAIT)) {
            assertThat(data(found)).isEqualTo(data(log)).hasSize(4);
        }
    }

    @Test
    void logClosesOnAFullDisk() {
        append(log, "1");
        disk.fill();
        assertThatThrownBy(() -> append(log, "refused")).isInstanceOf(LogUnavailableException.class);
        log.close();
        disk.mend();
        open();
        assertThat(data(log)).containsExactly("1");
    }

    /** As if an error had come between the commit of the second event and its being known. */
    private EventStore openWithAnEventThatIsNotKnown() {
        append(log, "1");
        log.close();
        var file = new LogFile(folder.resolve("log"), TestDisk.LAYER);
        LogFile.Opened opened = file.openFirst(AMPLE, Instant.EPOCH);
        EventStore store = opened.store();
        store.add(Event.kept(store.positions().at(2), Requests.withId("unknown"), Instant.EPOCH));
        store.commit();
        delivered.clear();
        log = new FileLog(file, new DurableStore(file, store), opened, AMPLE, new ManualClock(), WAIT);
        log.follow(delivered::addAll);
        return store;
    }

    private List<String> readOrNothing() {
        try {
            return data(log);
        } catch (LogUnavailableException beingOpenedAgain) {
            return List.of();
        }
    }

    private void assertDelivered(String... data) {
        Eventually.passes(() -> assertThat(delivered).extracting(Event::data).containsExactly(data));
    }
}
