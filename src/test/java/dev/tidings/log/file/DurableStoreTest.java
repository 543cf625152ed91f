package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When what is forgotten leaves the file, and what is said of a file that cannot be written. */
class DurableStoreTest {

    @TempDir
    private Path folder;

    private final Logger logger = Logger.getLogger(DurableStore.class.getName());
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Path path;
    private TestDisk disk;
    private EventStore events;
    private DurableStore store;

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    @BeforeEach
    void open() {
        path = folder.resolve("log");
        disk = new TestDisk(path);
        var file = new LogFile(path, TestDisk.LAYER);
        events = file.openFirst(AMPLE, Instant.EPOCH).store();
        store = new DurableStore(file, events);
    }

    @AfterEach
    void close() {
        disk.mend();
        store.close();
    }

    @Test
    void forgottenEventsStayUntilThereAreSixtyFour() {
        store.write(some(1, 100), 63);
        assertThat(events.first()).isEqualTo(1);
        store.write(some(101, 101), 64);
        assertThat(events.first()).isEqualTo(65);
        store.write(some(102, 200), 127);
        assertThat(events.first()).isEqualTo(65);
        store.write(some(201, 201), 128);
        assertThat(events.first()).isEqualTo(129);
    }

    @Test
    void oneCommitRemovesSoManyOrTwiceWhatItAdds() {
        store.write(some(1, 20_000), 0);
        store.write(some(20_001, 20_001), 19_000);
        assertThat(events.first()).isEqualTo(4_097);
        store.write(some(20_002, 23_001), 19_000);
        assertThat(events.first()).isEqualTo(10_097);
    }

    @Test
    void restRemovesWhatIsForgottenAndThenWritesNothing() {
        store.write(some(1, 10), 0);
        store.maintain(5);
        assertThat(events.first()).isEqualTo(6);
        store.maintain(100);
        assertThat(List.of(events.first(), events.last())).containsExactly(10L, 10L);
        int syncs = disk.syncs();
        store.maintain(100);
        assertThat(disk.syncs()).isEqualTo(syncs);
    }

    @Test
    void whatCannotBeWrittenIsSaidAndNothingOfItIsLeft() {
        store.write(some(1, 1), 0);
        disk.fill();
        assertThatThrownBy(() -> store.write(some(2, 2), 0)).isInstanceOf(LogUnavailableException.class);
        assertThat(store.fault()).isEqualTo("the log's file cannot be written (No space left on device)");
        assertThatThrownBy(store::requireWritable).hasMessage(store.fault());
        assertThat(store.after(0)).as("what the file has is not looked at").isEmpty();
        assertThat(read()).as("it is read still").containsExactly(1L);
        store.maintain(0);
        assertThat(store.fault()).isNotNull();
        assertThat(read()).containsExactly(1L);
        disk.mend();
        assertThatThrownBy(() -> store.write(some(2, 2), 0))
                .as("until it is found to be well")
                .hasMessage(store.fault());
        store.maintain(0);
        assertThat(store.fault()).isNull();
        store.requireWritable();
        assertThat(store.after(0)).extracting(Event::sequence).containsExactly(1L);
        assertThat(store.after(1)).isEmpty();
        store.write(some(2, 2), 0);
        assertThat(store.after(1)).extracting(Event::sequence).containsExactly(2L);
    }

    @Test
    void fullDiskIsReadBetweenTriesToWrite() {
        store.write(some(1, 1_000), 0);
        disk.fill();
        assertThatThrownBy(() -> store.write(some(1_001, 1_001), 0)).isInstanceOf(LogUnavailableException.class);
        for (int tries = 0; tries < 2; tries++) {
            store.maintain(0);
            assertThat(store.readAfter(500, 1_000, 100, Long.MAX_VALUE)).hasSize(100);
        }
    }

    @Test
    void whatASyncRefusedIsNotFoundAtTheNextStart() {
        store.write(some(1, 1), 0);
        disk.breakSyncs();
        assertThatThrownBy(() -> store.write(some(2, 2), 0)).isInstanceOf(LogUnavailableException.class);
        disk.mend();
        store.close();
        open();
        assertThat(read()).containsExactly(1L);
    }

    @Test
    void fileThatIsGoneIsSaidAndReadStill() throws IOException {
        store.write(some(1, 1), 0);
        Files.delete(path);
        assertThatThrownBy(() -> store.write(some(2, 2), 0))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the log's file was deleted or moved away");
        assertThat(store.fault()).isEqualTo("the log's file was deleted or moved away");
        assertThat(read()).containsExactly(1L);
    }

    @Test
    void logNamesTheFileThatCannotBeWrittenAndThatCanBeAgain() throws IOException {
        disk.fill();
        assertThatThrownBy(() -> store.write(some(1, 1), 0)).isInstanceOf(LogUnavailableException.class);
        disk.mend();
        store.maintain(0);
        Files.delete(path);
        assertThatThrownBy(() -> store.maintain(0)).isInstanceOf(LogUnavailableException.class);
        assertThat(logged)
                .anySatisfy(line -> assertThat(line).startsWith(path + " cannot be written"))
                .anySatisfy(line -> assertThat(line).startsWith(path + " can be written again"))
                .anySatisfy(line -> assertThat(line).startsWith(path + " was deleted or moved away"));
    }

    /** Sequence numbers that were answered would be given twice. */
    @Test
    void olderCopyUnderTheFilesNameIsLeftAlone() throws IOException {
        store.write(some(1, 1), 0);
        Path copy = Files.copy(path, folder.resolve("copy"));
        store.write(some(2, 2), 0);
        Files.delete(path);
        assertThatThrownBy(() -> store.write(some(3, 3), 0)).isInstanceOf(LogUnavailableException.class);
        Files.move(copy, path);
        store.maintain(0);
        assertThat(store.fault()).startsWith("the log's file cannot be written");
        store.close();
        open();
        assertThat(read()).containsExactly(1L);
    }

    @Test
    void storeThatCouldNotBeReadIsOpenedAgainWhenThereIsTime() {
        store.write(some(1, 1_000), 0);
        store.close();
        var file = new LogFile(path, TestDisk.LAYER);
        events = file.open();
        store = new DurableStore(file, events);
        events.abandon();
        assertThatThrownBy(() -> store.readAfter(500, 1_000, 100, Long.MAX_VALUE))
                .isInstanceOf(LogUnavailableException.class);
        store.maintain(0);
        assertThat(store.fault()).isNull();
        assertThat(store.readAfter(500, 1_000, 100, Long.MAX_VALUE)).hasSize(100);
    }

    private List<Long> read() {
        return store.readAfter(0, Long.MAX_VALUE, 100, Long.MAX_VALUE).stream()
                .map(Event::sequence)
                .toList();
    }

    private List<Event> some(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> Event.kept(events.positions().at(sequence), Requests.of("x"), Instant.EPOCH))
                .toList();
    }
}
