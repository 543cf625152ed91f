package dev.tidings.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.log.LogPositions;
import dev.tidings.log.Requests;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a file, by their sequence numbers. */
class EventStoreTest {

    @TempDir
    private Path folder;

    private String file;
    private EventStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("log").toString();
        EventStores.create(file, Instant.EPOCH);
        store = EventStores.open(file, null);
    }

    @AfterEach
    void close() {
        store.abandon();
    }

    @Test
    void oldestAreRemovedSoManyAtATimeAndNeverTheNewest() {
        assertThat(List.of(store.first(), store.last())).containsExactly(1L, 0L);
        add(1, 10);
        store.removeUpTo(5, 3);
        assertThat(store.first()).isEqualTo(4);
        store.removeUpTo(5, 100);
        assertThat(store.first()).isEqualTo(6);
        store.removeUpTo(100, 100);
        assertThat(List.of(store.first(), store.last())).containsExactly(10L, 10L);
    }

    @Test
    void onlyTheEventOfTheNextSequenceIsAdded() {
        assertThatThrownBy(() -> add(2, 2)).isInstanceOf(IllegalStateException.class);
        add(1, 1);
        assertThatThrownBy(() -> add(1, 1)).isInstanceOf(IllegalStateException.class);
        add(2, 2);
        assertThat(store.last()).isEqualTo(2);
    }

    @Test
    void pageIsWhatTheBoundsAllowAndOneEventAtLeast() {
        add(1, 10);
        long size = event(1).size();
        assertThat(page(0, 10, 100, Long.MAX_VALUE)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(page(3, 5, 100, Long.MAX_VALUE)).containsExactly(4L, 5L);
        assertThat(page(3, 10, 2, Long.MAX_VALUE)).containsExactly(4L, 5L);
        assertThat(page(3, 10, 100, 3 * size)).containsExactly(4L, 5L, 6L);
        assertThat(page(3, 10, 100, 3 * size - 1)).containsExactly(4L, 5L);
        assertThat(page(3, 10, 100, 1)).containsExactly(4L);
        assertThat(page(10, 10, 100, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void whatIsNotInTheFileAnyMoreIsNoEmptyPage() {
        add(1, 10);
        store.removeUpTo(5, 100);
        assertThat(store.readAfter(4, 10, 100, Long.MAX_VALUE)).isNull();
        assertThat(store.readAfter(1, 4, 100, Long.MAX_VALUE)).isNull();
        assertThat(page(5, 10, 100, Long.MAX_VALUE)).hasSize(5);
    }

    @Test
    void eachCommitIsAVersionAndTheNewestCanBeTakenBack() {
        long before = store.version();
        add(1, 1);
        store.commit();
        add(2, 2);
        store.commit();
        assertThat(store.version()).isEqualTo(before + 2);
        store.discardNewest();
        store = EventStores.open(file, null);
        assertThat(store.version()).isEqualTo(before + 1);
        assertThat(store.last()).isEqualTo(1);
    }

    @Test
    void whatMeansNothingMakesAVersionToo() {
        long before = store.version();
        store.touch();
        store.commit();
        assertThat(store.version()).isEqualTo(before + 1);
    }

    @Test
    void closedFileCannotBeRead() {
        assertThat(store.readable()).isTrue();
        store.close();
        assertThat(store.readable()).isFalse();
    }

    @Test
    void eventsAreGivenInOrderAndOneThatIsMissingIsDamage() {
        add(1, 5);
        store.removeUpTo(2, 100);
        store.commit();
        store.close();
        var given = new ArrayList<Long>();
        store = EventStores.open(file, event -> given.add(event.sequence()));
        assertThat(given).containsExactly(3L, 4L, 5L);
        LogPositions positions = store.positions();
        store.close();
        try (MVStore raw = MVStore.open(file)) {
            raw.openMap(
                            "events",
                            new MVMap.Builder<Long, Event>()
                                    .keyType(LongDataType.INSTANCE)
                                    .valueType(new EventDataType(positions)))
                    .remove(4L);
        }
        assertThatThrownBy(() -> EventStores.open(file, event -> {}))
                .isInstanceOf(MVStoreException.class)
                .hasMessageContaining("Event 4 is missing");
        store = EventStores.open(file, null);
        assertThat(store.last()).as("the file was given back").isEqualTo(5);
    }

    /** Of a process that was killed it may be in the operating system's memory alone. */
    @Test
    void whatIsFoundIsSyncedBeforeItCounts() {
        store.close();
        var disk = new TestDisk(Path.of(file));
        store = EventStores.open(TestDisk.LAYER + file, null);
        assertThat(disk.syncs()).isPositive();
        int before = disk.syncs();
        add(1, 1);
        store.commit();
        assertThat(disk.syncs()).isGreaterThan(before);
    }

    private void add(long first, long last) {
        LongStream.rangeClosed(first, last).forEach(sequence -> store.add(event(sequence)));
    }

    private Event event(long sequence) {
        return Event.kept(store.positions().at(sequence), Requests.of("x"), Instant.EPOCH);
    }

    private List<Long> page(long sequence, long end, int maxEvents, long maxBytes) {
        return store.readAfter(sequence, end, maxEvents, maxBytes).stream()
                .map(Event::sequence)
                .toList();
    }
}
