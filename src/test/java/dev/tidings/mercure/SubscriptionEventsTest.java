package dev.tidings.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Subscriber;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.TokenLife;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscription events when subscribers change what they ask for, or may have, and when there are too many of them. */
class SubscriptionEventsTest {

    private static final String EVENTS = "/.well-known/mercure/subscriptions{/topic}{/subscriber}";
    private static final int OUTBOX = 64;
    private static final Clock CLOCK = Clock.systemUTC();

    private MemoryLog log;
    private Hub hub;

    @BeforeEach
    void open() {
        log = new MemoryLog(new Retention(1_000, Duration.ofHours(1), 1L << 20, SelectorSet.of(List.of())), CLOCK);
        hub = new Hub(log, OUTBOX, 1L << 20, CLOCK);
        hub.addListener(new SubscriptionEvents(hub, hub.interest(SubscriptionEvents.PREFIX)));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void changedTopicsAreToldAsBegunAndEnded() {
        Subscriber listener = subscribe(List.of(EVENTS), List.of(EVENTS));
        Subscriber other = subscribe(List.of(), List.of("a", "b"));
        other.change(subscription -> subscription.withTopics(SelectorSet.parse(List.of("b", "c"))));
        other.end(DisconnectReason.CLOSED);
        assertThat(told(heard(listener), other))
                .containsExactly("a true", "b true", "a false", "c true", "b false", "c false");
    }

    @Test
    void whoMayHearOnlySinceItsRenewalHearsFromThenOn() {
        Subscriber listener = subscribe(List.of(), List.of(EVENTS));
        Subscriber before = subscribe(List.of(), List.of("before"));
        listener.change(subscription -> subscription.withGranted(SelectorSet.parse(List.of(EVENTS))));
        Subscriber after = subscribe(List.of(), List.of("after"));
        List<Event> heard = heard(listener);
        assertThat(told(heard, before)).isEmpty();
        assertThat(told(heard, after)).containsExactly("after true");
    }

    @Test
    void nothingIsSaidOnceTheLastListenerHasGoneOrMayHearNoMore() {
        Subscriber renewed = subscribe(List.of(EVENTS), List.of(EVENTS));
        Subscriber gone = subscribe(List.of(EVENTS), List.of(EVENTS));
        renewed.change(subscription -> subscription.withGranted(SelectorSet.of(List.of())));
        gone.end(DisconnectReason.CLOSED);
        Subscriber watch = subscribe(List.of(EVENTS), List.of("/marker"));
        watch.change(subscription -> subscription.withTopics(SelectorSet.parse(List.of("*"))));
        watch.change(subscription -> subscription.withGranted(SelectorSet.of(List.of())));
        Subscriber quiet = subscribe(List.of(), List.of("quiet"));
        assertThat(told(heard(watch), quiet)).isEmpty();
    }

    /** Found when a follower lost events in a burst, and no history could bring them back. */
    @Test
    void followerThatMissedSomeIsEndedSoThatItReadsTheDocumentsAgain() {
        Subscriber listener = subscribe(List.of(EVENTS), List.of(EVENTS));
        var source = new FrameSource<>(
                listener, new MercureFraming(), TokenLife.until(null), Duration.ofSeconds(15), CLOCK.instant(), 0);
        subscribe(
                List.of(), IntStream.range(0, 2 * OUTBOX).mapToObj(i -> "t" + i).toList());
        marker();
        while (source.take() != null) {
            // It takes what there is.
        }
        assertThat(listener.ended()).isEqualTo(DisconnectReason.SLOW);
    }

    private Subscriber subscribe(List<String> granted, List<String> topics) {
        return SilentSink.subscribe(hub, topics, granted);
    }

    /** All that a listener was told so far. */
    private List<Event> heard(Subscriber listener) {
        marker();
        return listener.next(1_000, Long.MAX_VALUE);
    }

    /** What was told of somebody: the topic, and whether its subscription is active. */
    private static List<String> told(List<Event> heard, Subscriber other) {
        var told = new ArrayList<String>();
        for (Event event : heard) {
            String address = event.topics().get(0);
            if (address.endsWith(other.id().replace(":", "%3A")) || address.endsWith(other.id())) {
                String topic = address.split("/", -1)[4];
                told.add(topic + " " + event.data().contains("\"active\":true"));
            }
        }
        return told;
    }

    /** Returns when everything before it is delivered. */
    private void marker() {
        Subscriber witness = subscribe(List.of(), List.of("/witness"));
        hub.publish(List.of(new PublishRequest(List.of("/witness"), null, "x", null, null, false)));
        Eventually.holds("it is delivered", () -> witness.queued() == 1);
        witness.next(1, 1);
    }
}
