package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishers of one node that send the same request again and again, as long as requests are left for all nodes.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's; any may wait for it.
 */
final class PublisherLoop implements Crowd.Chore {

    private final Crowd crowd;
    private final List<CrowdPublisher> publishers = new ArrayList<>();
    private final byte[] request;
    private final AtomicInteger left;
    private final Completion connected = new Completion();
    private final Completion done = new Completion();
    private volatile boolean started;
    private volatile long endedAt;

    /** @param left how many requests all nodes together are still to be sent */
    PublisherLoop(Crowd crowd, int count, byte[] request, AtomicInteger left) {
        this.crowd = crowd;
        this.request = request;
        this.left = left;
        for (int i = 0; i < count; i++) {
            publishers.add(new CrowdPublisher(crowd));
        }
        publishers.forEach(crowd::open);
        crowd.assign(this);
    }

    /** Begins to publish. */
    void start() {
        started = true;
        // Which has its thread look.
        crowd.assign(this);
    }

    @Override
    public long run() {
        boolean idle = true;
        for (CrowdPublisher publisher : publishers) {
            if (started && publisher.isIdle() && left.get() > 0 && left.getAndDecrement() > 0) {
                publisher.publish(request);
            }
            idle &= publisher.isIdle();
        }
        if (idle && !started) {
            connected.reached();
        } else if (idle && !done.isReached()) {
            endedAt = System.nanoTime();
            done.reached();
        }
        return Long.MAX_VALUE;
    }

    /** Waits no longer than this for its connections; whether they are there. */
    boolean awaitConnected(long millis) {
        return connected.await(millis);
    }

    /** Waits no longer than this until nothing is left and all is answered; whether that is so. */
    boolean awaitDone(long millis) {
        return done.await(millis);
    }

    /** The {@link System#nanoTime} at which the last answer came; only once it is done. */
    long endedAt() {
        return endedAt;
    }
}
