package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.Eventually;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A sink that delivery waits for, which no real one makes it do: with it a run is under way for as long as a test wants,
 * as one is that is compared with many templates.
 */
final class HoldingSink implements Sink {

    private final Semaphore mayGo = new Semaphore(0);
    private final Subscriber subscriber;
    private volatile boolean holding;
    private volatile boolean held;

    private HoldingSink(Subscriber subscriber) {
        this.subscriber = subscriber;
    }

    static HoldingSink subscribe(Hub hub, String... topics) {
        return hub.subscribe(
                new Subscription(
                        SelectorSet.parse(List.of(topics)),
                        SelectorSet.parse(List.of("*")),
                        new Peer(null, "192.0.2.2", "192.0.2.2", "test", "sse", null),
                        StartRequest.NOW),
                HoldingSink::new);
    }

    /** Has delivery stop at the next event that is for it, on its way to whoever comes after. */
    void hold() {
        mayGo.drainPermits();
        holding = true;
    }

    /** Returns when delivery has stopped. */
    void awaitHeld() {
        Eventually.holds("a run is under way", () -> held);
    }

    void letGo() {
        holding = false;
        held = false;
        mayGo.release();
    }

    @Override
    public void wake() {
        if (holding) {
            held = true;
            mayGo.acquireUninterruptibly();
        }
        subscriber.next(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void end(DisconnectReason reason) {
        // It only holds.
    }
}
