package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.event.Event;
import dev.tidings.testing.FaultyLog;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Replays of which little is for the subscriber: several pages of history are read for one write. How many depends on how long
 * they take, so a fact allows for a pause at the wrong moment.
 */
class SparseReplayTest extends HubFixture {

    /** How many events a page has here. */
    private static final int PAGE = 256;

    /** How many pages are read at once at most. */
    private static final int PAGES = 8;

    @Test
    void fewOfManyEventsComeAtOnce() {
        publishEachHundredth(PAGES * PAGE);
        List<List<String>> takes = takes(resuming("/mine"), Long.MAX_VALUE);
        assertThat(takes.stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(1, 20));
        assertThat(takes).as("a page each would be " + PAGES).hasSizeLessThanOrEqualTo(PAGES / 2);
    }

    /** Others wait for the same thread meanwhile. */
    @Test
    void onlySomePagesAreReadInVain() {
        publishMany(1, PAGES * PAGE);
        publish("mine", "/mine");
        RecordingSink sink = resuming("/mine");
        assertThat(next(sink, Long.MAX_VALUE)).isEmpty();
        assertThat(sink.subscriber().replaying()).isTrue();
        assertThat(takes(sink, Long.MAX_VALUE)).containsExactly(List.of("mine"));
    }

    @Test
    void togetherTheyHaveNoMoreThanTheBytesAllowed() {
        String data = "x".repeat(1_000);
        publish(data, "/mine");
        IntStream.range(0, 9).forEach(i -> publish(data, "/other"));
        IntStream.range(0, 20).forEach(i -> publish(data, "/mine"));
        long most = 10L * publish(data, "/other").size();
        RecordingSink sink = resuming("/mine");
        int all = 0;
        while (sink.subscriber().replaying()) {
            List<Event> events = sink.subscriber().next(PAGE, most);
            assertThat(events.stream().mapToLong(Event::size).sum()).isLessThanOrEqualTo(most);
            all += events.size();
        }
        assertThat(all).isEqualTo(21);
    }

    @Test
    void eventThatIsLargerThanWhatIsLeftComesByItself() {
        publish("small", "/mine");
        IntStream.range(0, PAGE).forEach(i -> publish("other", "/other"));
        publish("x".repeat(100_000), "/mine");
        assertThat(takes(resuming("/mine"), 50_000))
                .extracting(List::size)
                .as("one and one, and not two")
                .containsExactly(1, 1);
    }

    @Test
    void whatWasReadIsGivenWhenTheNextPageCannotBeRead() {
        close();
        var faulty = new FaultyLog(memoryLog());
        open(faulty, OUTBOX);
        publishEachHundredth(1_000);
        RecordingSink sink = resuming("/mine");
        var before = new ArrayList<String>();
        faulty.onlyPages(2);
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> {
            while (sink.subscriber().replaying()) {
                before.addAll(next(sink, Long.MAX_VALUE));
            }
        });
        assertThat(before).as("those of the first 512").isEqualTo(numbers(1, 5));
        faulty.up();
        assertThat(takes(sink, Long.MAX_VALUE).stream().flatMap(List::stream))
                .containsExactlyElementsOf(numbers(6, 10));
    }

    @Test
    void gapOfALaterPageStandsBetweenWhatComesBeforeAndAfterIt() {
        publish("1", "/mine");
        IntStream.range(0, PAGE).forEach(i -> publish("other", "/other"));
        Event erased = publish("2", "/mine");
        publish("3", "/mine");
        hub.erase(Erasure.ofId(erased.id()));
        RecordingSink sink = resuming("/mine");
        assertThat(takes(sink, Long.MAX_VALUE)).containsExactly(List.of("1"));
        assertThat(sink.subscriber().takeGap()).isNotNull();
        assertThat(takes(sink, Long.MAX_VALUE)).containsExactly(List.of("3"));
    }

    @Test
    void nothingIsReadOnPastAGap() {
        IntStream.range(0, PAGE - 1).forEach(i -> publish("other", "/other"));
        Event last = publish("erased", "/mine");
        publish("next", "/mine");
        hub.erase(Erasure.ofId(last.id()));
        RecordingSink sink = resuming("/mine");
        assertThat(next(sink, Long.MAX_VALUE)).isEmpty();
        assertThat(sink.subscriber().takeGap()).isNotNull();
        assertThat(takes(sink, Long.MAX_VALUE)).containsExactly(List.of("next"));
    }

    @Test
    void newestOfEachTopicAreReadPageByPage() {
        for (int topic = 0; topic < 9; topic++) {
            publish("old", "/mine/" + topic);
            publish(Integer.toString(topic), "/mine/" + topic);
            IntStream.range(0, PAGE).forEach(i -> publish("other", "/other"));
        }
        awaitDelivery();
        var sink = RecordingSink.beginning(hub, new StartRequest.Latest(), List.of(), "/mine/{topic}");
        assertThat(takes(sink, Long.MAX_VALUE).stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(0, 8));
    }

    /** Every hundredth is for the subscriber, and has a number of its own. */
    private void publishEachHundredth(int count) {
        for (int i = 1; i <= count; i++) {
            publish(i % 100 == 0 ? Integer.toString(i / 100) : "other", i % 100 == 0 ? "/mine" : "/other");
        }
    }

    /** One that reads all of history, and gets nothing live. */
    private RecordingSink resuming(String topic) {
        awaitDelivery();
        return RecordingSink.resuming(hub, log.positions().at(0).toString(), topic);
    }

    /** What each take gives until nothing more comes of history, without the empty ones. */
    private static List<List<String>> takes(RecordingSink sink, long maxBytes) {
        var takes = new ArrayList<List<String>>();
        List<String> taken;
        do {
            taken = next(sink, maxBytes);
            if (!taken.isEmpty()) {
                takes.add(taken);
            }
        } while (sink.subscriber().replaying() && !sink.subscriber().hasNews());
        return takes;
    }

    private static List<String> next(RecordingSink sink, long maxBytes) {
        return sink.subscriber().next(PAGE, maxBytes).stream().map(Event::data).toList();
    }
}
