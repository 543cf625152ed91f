package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.event.Event;
import dev.tidings.testing.FaultyLog;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replays of which little is for the subscriber: several pages of history are read for one write. */
class SparseReplayTest extends HubFixture {

    /** How many events a page has here. */
    private static final int PAGE = 256;

    @Test
    void fewOfManyEventsComeAtOnce() {
        publishEachHundredth(1_000);
        var sink = resuming();
        assertThat(next(sink, Long.MAX_VALUE)).isEqualTo(numbers(1, 10));
        assertThat(next(sink, Long.MAX_VALUE)).isEmpty();
        assertThat(sink.subscriber().replaying()).isFalse();
    }

    /** Others wait for the same thread meanwhile. */
    @Test
    void onlySomePagesAreReadInVain() {
        publishMany(1, 9 * PAGE);
        publish("mine", "/mine");
        var sink = resuming();
        assertThat(next(sink, Long.MAX_VALUE)).isEmpty();
        assertThat(sink.subscriber().replaying()).isTrue();
        assertThat(next(sink, Long.MAX_VALUE)).containsExactly("mine");
    }

    @Test
    void togetherTheyHaveNoMoreThanTheBytesAllowed() {
        String data = "x".repeat(1_000);
        for (int i = 0; i < 200; i++) {
            publish(data, i % 3 == 0 ? "/mine" : "/other");
        }
        long most = 10L * publish(data, "/other").size();
        var sink = resuming();
        var sizes = new ArrayList<Integer>();
        while (sink.subscriber().replaying()) {
            List<Event> events = sink.subscriber().next(PAGE, most);
            assertThat(events.stream().mapToLong(Event::size).sum()).isLessThanOrEqualTo(most);
            sizes.add(events.size());
        }
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(67);
        assertThat(sizes.subList(0, sizes.size() - 1))
                .as("of one page it would be 4")
                .allMatch(size -> size > 4);
    }

    @Test
    void eventThatIsLargerThanWhatIsLeftComesByItself() {
        publish("small", "/mine");
        IntStream.range(0, PAGE).forEach(i -> publish("other", "/other"));
        String large = "x".repeat(100_000);
        publish(large, "/mine");
        var sink = resuming();
        assertThat(next(sink, 50_000)).containsExactly("small");
        assertThat(next(sink, 50_000).equals(List.of(large))).isTrue();
    }

    @Test
    void whatWasReadIsGivenWhenTheNextPageCannotBeRead() {
        close();
        var faulty = new FaultyLog(memoryLog());
        open(faulty, OUTBOX);
        publishEachHundredth(1_000);
        var sink = resuming();
        faulty.onlyPages(2);
        assertThat(next(sink, Long.MAX_VALUE)).as("those of the first 512").isEqualTo(numbers(1, 5));
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> next(sink, Long.MAX_VALUE));
        faulty.up();
        assertThat(next(sink, Long.MAX_VALUE)).isEqualTo(numbers(6, 10));
    }

    /** Every hundredth is for the subscriber, and has a number of its own. */
    private void publishEachHundredth(int count) {
        for (int i = 1; i <= count; i++) {
            publish(i % 100 == 0 ? Integer.toString(i / 100) : "other", i % 100 == 0 ? "/mine" : "/other");
        }
    }

    private RecordingSink resuming() {
        awaitDelivery();
        return RecordingSink.resuming(hub, "earliest", "/mine");
    }

    private static List<String> next(RecordingSink sink, long maxBytes) {
        return sink.subscriber().next(PAGE, maxBytes).stream().map(Event::data).toList();
    }
}
