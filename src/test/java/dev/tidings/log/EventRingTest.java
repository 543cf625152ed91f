package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ring of events, and where publishers' ids are in it. */
class EventRingTest {

    private static final Position ORIGIN = new Position(Epoch.startingAt(Instant.EPOCH), 0);
    private static final Duration AGE = Duration.ofHours(1);

    private final EventRing ring = new EventRing();
    private final HistoryIndex history = new HistoryIndex(EventLogContract.retention(200, AGE, 1 << 20), ring);

    @Test
    void idLeavesWithTheEventThatIsPushedOut() {
        add(event(1, "mine"));
        events(2, 200).forEach(this::add);
        assertThat(history.find("mine")).isEqualTo(1);
        add(event(201, null));
        assertThat(history.find("mine")).isNull();
    }

    @Test
    void idLeavesWithTheEventThatIsTooOld() {
        add(event(1, "mine"));
        history.forgetOlderThanAllowed(Instant.EPOCH.plus(AGE));
        assertThat(history.find("mine")).isEqualTo(1);
        history.forgetOlderThanAllowed(Instant.EPOCH.plus(AGE).plusMillis(1));
        assertThat(history.find("mine")).isNull();
    }

    @Test
    void firstBatchMayBeLarge() {
        List<Event> batch = events(1, 150);
        history.prepare(batch);
        batch.forEach(history::add);
        assertThat(ring.after(0, history.end(), 1_000, Long.MAX_VALUE)).isEqualTo(batch);
    }

    /** Publishers of whole batches grow the ring more than twofold at once, wherever in it the oldest is. */
    @Test
    void largeBatchLeavesWhatWasHeldInOrder() {
        events(1, 50).forEach(this::add);
        history.forgetOlderThanAllowed(Instant.EPOCH.plus(AGE.multipliedBy(2)));
        List<Event> held = events(51, 90);
        held.forEach(this::add);
        List<Event> batch = events(91, 240);
        history.prepare(batch);
        batch.forEach(history::add);
        assertThat(ring.after(50, history.end(), 1_000, Long.MAX_VALUE))
                .extracting(Event::sequence)
                .isEqualTo(LongStream.rangeClosed(51, 240).boxed().toList());
    }

    private void add(Event event) {
        history.prepare(List.of(event));
        history.add(event);
    }

    private static List<Event> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> event(sequence, null))
                .toList();
    }

    private static Event event(long sequence, @Nullable String id) {
        return Event.kept(
                ORIGIN.at(sequence), new PublishRequest(List.of("/a"), null, "x", id, null, false), Instant.EPOCH);
    }
}
