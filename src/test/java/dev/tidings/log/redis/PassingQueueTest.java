package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.log.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassingQueueTest {

    private static final int MOST = 10_000;

    private final PassingQueue queue = new PassingQueue("me");
    private final List<String> here = new ArrayList<>();

    @Test
    void whatIsAddedIsTakenInOrder() {
        add("1", "2", "3");
        assertThat(data(queue.take())).containsExactly("1", "2", "3");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aThousandAreTakenAtOnce() {
        IntStream.range(0, 1_001).forEach(n -> add("" + n));
        assertThat(queue.take()).hasSize(1_000);
        assertThat(queue.take()).hasSize(1);
    }

    @Test
    void largeOnesAreTakenAFewAtATime() {
        IntStream.range(0, 6).forEach(n -> add("x".repeat(1 << 20)));
        assertThat(queue.take()).hasSize(4);
        assertThat(queue.take()).hasSize(2);
    }

    @Test
    void whatIsTooMuchIsDroppedAndSaidOnce() {
        IntStream.range(0, 10_001).forEach(n -> add("" + n));
        List<PassingEvent> first = queue.take();
        assertThat(data(first).get(0)).isEqualTo("1");
        assertThat(first.get(first.size() - 1).kind()).isEqualTo(PassingEvent.Kind.MISSED);
        assertThat(queue.take()).noneMatch(event -> event.kind() == PassingEvent.Kind.MISSED);
    }

    @Test
    void tooManyBytesAreDroppedButNeverTheNewest() {
        IntStream.range(0, 17).forEach(n -> add("x".repeat(1 << 20)));
        add("y".repeat(17 << 20));
        assertThat(data(queue.take())).containsExactly("y".repeat(17 << 20), "");
    }

    @Test
    void whatWasDeliveredHereIsNotDeliveredAgain() {
        add("1");
        List<PassingEvent> taken = queue.take();
        add("2");
        queue.deliverHere(request -> here.add(request.data()));
        queue.deliverHere(request -> here.add(request.data()));
        assertThat(here).as("under way first").containsExactly("1", "2");
        assertThat(queue.wasDeliveredHere(taken.get(0).name())).isTrue();
        assertThat(queue.wasDeliveredHere(taken.get(0).name()))
                .as("it is read once")
                .isFalse();
        assertThat(queue.wasDeliveredHere("other 1")).isFalse();
    }

    @Test
    void commandsAreNotForSubscribers() {
        queue.addCommand(new byte[] {1});
        queue.deliverHere(request -> here.add(request.data()));
        assertThat(here).isEmpty();
        assertThat(queue.take()).singleElement().extracting(PassingEvent::kind).isEqualTo(PassingEvent.Kind.COMMAND);
    }

    @Test
    void whatMayNotHaveArrivedIsSaidToBeMissing() {
        add("1");
        queue.take();
        queue.lost();
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.take()).singleElement().extracting(PassingEvent::kind).isEqualTo(PassingEvent.Kind.MISSED);
    }

    @Test
    void whatHasArrivedIsNot() {
        add("1");
        queue.take();
        queue.sent();
        queue.lost();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void eventThatIsDroppedIsRememberedNoMore() {
        queue.add(Requests.of("0"));
        queue.deliverHere(request -> here.add(request.data()));
        addMost();
        assertThat(here).hasSize(1);
        assertThat(queue.wasDeliveredHere("me 0")).isFalse();
    }

    @Test
    void onlyTheOthersMissWhatWasDeliveredHereAndDropped() {
        queue.add(Requests.of("0"));
        queue.deliverHere(request -> here.add(request.data()));
        addMost();
        String missed = nameOfMissed();
        assertThat(queue.isMissedHere(missed)).isFalse();
        assertThat(new PassingQueue("other").isMissedHere(missed)).isTrue();
    }

    @Test
    void allMissWhatWasDroppedBeforeItWasDeliveredHere() {
        queue.add(Requests.of("0"));
        addMost();
        String missed = nameOfMissed();
        assertThat(queue.isMissedHere(missed)).isTrue();
        assertThat(new PassingQueue("other").isMissedHere(missed)).isTrue();
    }

    @Test
    void whatIsLostUnderWayIsMissedUnlessItWasDeliveredHere() {
        queue.add(Requests.of("0"));
        queue.take();
        queue.deliverHere(request -> here.add(request.data()));
        queue.lost();
        assertThat(queue.isMissedHere(nameOfMissed())).isFalse();
        queue.add(Requests.of("1"));
        queue.take();
        queue.lost();
        assertThat(queue.isMissedHere(nameOfMissed())).isTrue();
    }

    private void addMost() {
        for (int n = 1; n <= MOST; n++) {
            queue.add(Requests.of(Integer.toString(n)));
        }
    }

    /** The name of the entry that says that something is missed. */
    private String nameOfMissed() {
        while (!queue.isEmpty()) {
            for (PassingEvent event : queue.take()) {
                if (event.kind() == PassingEvent.Kind.MISSED) {
                    queue.sent();
                    return event.name();
                }
            }
            queue.sent();
        }
        throw new AssertionError("nothing is said to be missed");
    }

    private void add(String... data) {
        for (String one : data) {
            queue.add(Requests.of(one));
        }
    }

    private static List<String> data(List<PassingEvent> events) {
        return events.stream()
                .map(PassingEvent::request)
                .map(request -> request == null ? "" : request.data())
                .toList();
    }
}
