package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.log.Requests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is dropped from the queue of a node, and who is told. */
class PassingQueueTest {

    private static final int MOST = 10_000;

    private final PassingQueue queue = new PassingQueue("node");
    private final List<PublishRequest> here = new ArrayList<>();

    @Test
    void eventThatIsDroppedIsRememberedNoMore() {
        queue.add(Requests.of("0"));
        queue.deliverHere(here::add);
        addMost();
        assertThat(here).hasSize(1);
        assertThat(queue.wasDeliveredHere("node 0")).isFalse();
    }

    @Test
    void onlyTheOthersMissWhatWasDeliveredHereAndDropped() {
        queue.add(Requests.of("0"));
        queue.deliverHere(here::add);
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
        queue.deliverHere(here::add);
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
}
