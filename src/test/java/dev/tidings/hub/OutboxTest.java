package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How much waits for one subscriber, and how much of it is taken at once. */
class OutboxTest {

    private static final Position START = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    /** What each event of these tests counts for. */
    private static final int SIZE = event(1).size();

    @Test
    void soManyEventsFitAndNoMore() {
        var outbox = new Outbox(6, Long.MAX_VALUE);
        assertThat(offer(outbox, 1, 8)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(drain(outbox, 2, Long.MAX_VALUE)).containsExactly(1L, 2L);
        assertThat(offer(outbox, 9, 12)).containsExactly(9L, 10L);
        assertThat(drain(outbox, 100, Long.MAX_VALUE)).containsExactly(3L, 4L, 5L, 6L, 9L, 10L);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void orderIsKeptWhenAFullRingThatHasTurnedGrows() {
        var outbox = new Outbox(100, Long.MAX_VALUE);
        offer(outbox, 1, 4);
        drain(outbox, 2, Long.MAX_VALUE);
        offer(outbox, 5, 9);
        assertThat(drain(outbox, 100, Long.MAX_VALUE)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void soManyBytesFitAndNotOneMore() {
        assertThat(offer(new Outbox(100, 3L * SIZE), 1, 5)).containsExactly(1L, 2L, 3L);
        assertThat(offer(new Outbox(100, 3L * SIZE - 1), 1, 5)).containsExactly(1L, 2L);
    }

    @Test
    void whatWasTakenMakesRoomForAsManyBytes() {
        var outbox = new Outbox(100, 3L * SIZE);
        offer(outbox, 1, 3);
        assertThat(drain(outbox, 2, Long.MAX_VALUE)).containsExactly(1L, 2L);
        assertThat(offer(outbox, 4, 9)).containsExactly(4L, 5L);
        assertThat(drain(outbox, 100, Long.MAX_VALUE)).containsExactly(3L, 4L, 5L);
        assertThat(offer(outbox, 10, 19)).containsExactly(10L, 11L, 12L);
    }

    @Test
    void oneEventFitsHoweverLarge() {
        var outbox = new Outbox(100, 1);
        assertThat(offer(outbox, 1, 2)).containsExactly(1L);
        assertThat(drain(outbox, 100, 1)).containsExactly(1L);
        assertThat(offer(outbox, 3, 4)).containsExactly(3L);
    }

    @Test
    void noMoreBytesAreTakenThanAskedForUnlessItIsOneEvent() {
        var outbox = new Outbox(100, Long.MAX_VALUE);
        offer(outbox, 1, 9);
        assertThat(drain(outbox, 100, 3L * SIZE)).containsExactly(1L, 2L, 3L);
        assertThat(drain(outbox, 100, 3L * SIZE - 1)).containsExactly(4L, 5L);
        assertThat(drain(outbox, 100, 1)).containsExactly(6L);
        assertThat(drain(outbox, 2, Long.MAX_VALUE)).containsExactly(7L, 8L);
        assertThat(outbox.count()).isEqualTo(1);
    }

    @Test
    void whatHistoryHeldUpToAPlaceIsForgottenAndPassingEventsStay() {
        var outbox = new Outbox(100, 3L * SIZE);
        outbox.offer(event(1));
        outbox.offer(passing(1));
        outbox.offer(event(2));
        outbox.forget(1);
        assertThat(outbox.count()).isEqualTo(2);
        assertThat(offer(outbox, 3, 4)).containsExactly(3L);
        var left = new ArrayList<Event>();
        outbox.drainTo(left, 100, Long.MAX_VALUE);
        assertThat(left).extracting(Event::passing).containsExactly(true, false, false);
    }

    @Test
    void clearedIsEmptyAndTakesAsMuchAsBefore() {
        var outbox = new Outbox(2, 2L * SIZE);
        offer(outbox, 1, 2);
        outbox.clear();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(offer(outbox, 3, 5)).containsExactly(3L, 4L);
    }

    /** Offers the events of these sequence numbers, one after the other; the sequence numbers of those that it took. */
    private static List<Long> offer(Outbox outbox, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .filter(sequence -> outbox.offer(event(sequence)))
                .boxed()
                .toList();
    }

    private static List<Long> drain(Outbox outbox, int maxEvents, long maxBytes) {
        var events = new ArrayList<Event>();
        outbox.drainTo(events, maxEvents, maxBytes);
        return events.stream().map(Event::sequence).toList();
    }

    private static Event event(long sequence) {
        return Event.kept(START.at(sequence), request(), Instant.EPOCH);
    }

    private static Event passing(long sequence) {
        return Event.passing(START.at(sequence), request(), Instant.EPOCH);
    }

    private static PublishRequest request() {
        return new PublishRequest(List.of("/a"), null, "x", null, null, false);
    }
}
