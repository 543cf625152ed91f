package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sink that takes events when a test asks for them, as a stream does when its socket takes more. */
final class RecordingSink implements Sink {

    private static final Peer PEER = new Peer("alice", "alice", "192.0.2.1", "test", "sse", null);

    private final Semaphore woken = new Semaphore(0);
    private final LinkedBlockingQueue<DisconnectReason> ends = new LinkedBlockingQueue<>();
    private final boolean failing;
    private final Subscriber subscriber;

    private RecordingSink(Subscriber subscriber, boolean failing) {
        this.subscriber = subscriber;
        this.failing = failing;
    }

    static RecordingSink fresh(Hub hub, String... topics) {
        return resuming(hub, null, topics);
    }

    static RecordingSink resuming(Hub hub, @Nullable String lastEventId, String... topics) {
        return granted(hub, lastEventId, List.of(), topics);
    }

    static RecordingSink granted(Hub hub, @Nullable String lastEventId, List<String> granted, String... topics) {
        return beginning(hub, StartRequest.after(lastEventId), granted, topics);
    }

    static RecordingSink beginning(Hub hub, StartRequest start, List<String> granted, String... topics) {
        return hub.subscribe(
                new Subscription(set(List.of(topics)), set(granted), PEER, start),
                subscriber -> new RecordingSink(subscriber, false));
    }

    /** One that fails with an error whenever it is woken, as when memory has run out. */
    static RecordingSink failing(Hub hub, String... topics) {
        return hub.subscribe(
                new Subscription(set(List.of(topics)), set(List.of()), PEER, StartRequest.NOW),
                subscriber -> new RecordingSink(subscriber, true));
    }

    private static SelectorSet set(List<String> texts) {
        return SelectorSet.of(texts.stream().map(TopicSelector::of).toList());
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** The next events, exactly so many; waits for them, and fails when they do not come. */
    List<Event> take(int count) {
        var events = new ArrayList<Event>();
        while (events.size() < count) {
            List<Event> more = subscriber.next(count - events.size(), Long.MAX_VALUE);
            events.addAll(more);
            if (more.isEmpty() && !subscriber.replaying() && !await(woken)) {
                fail("only " + events.size() + " of " + count + " events: " + events);
            }
        }
        return events;
    }

    List<String> takeData(int count) {
        return take(count).stream().map(Event::data).toList();
    }

    /** Waits until the sink is woken; forgets earlier wakes first when {@link #forgetWakes} was called. */
    void awaitWake() {
        assertThat(await(woken)).as("woken").isTrue();
    }

    void forgetWakes() {
        woken.drainPermits();
    }

    int wakes() {
        return woken.availablePermits();
    }

    DisconnectReason awaitEnd() throws InterruptedException {
        DisconnectReason reason = ends.poll(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(reason).as("the subscriber's end").isNotNull();
        return reason;
    }

    Stream<DisconnectReason> furtherEnds() {
        return ends.stream();
    }

    @Override
    public void wake() {
        if (failing) {
            throw new OutOfMemoryError("as if");
        }
        woken.release();
    }

    @Override
    public void end(DisconnectReason reason) {
        ends.add(reason);
    }

    private static boolean await(Semaphore semaphore) {
        try {
            return semaphore.tryAcquire(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
