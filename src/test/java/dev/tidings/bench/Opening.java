package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdStream;
import java.util.List;

/**
 * Sees when streams are open: with the head of the response, or with what their server says then.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's; any may wait for it.
 */
final class Opening implements Crowd.Chore {

    private final List<CrowdStream> streams;
    private final Completion done = new Completion();
    private final long began = System.nanoTime();
    private long ended;
    private volatile int opened;

    Opening(List<CrowdStream> streams) {
        this.streams = streams;
    }

    @Override
    public long run() {
        int first = opened;
        while (first < streams.size() && streams.get(first).isOpen()) {
            first++;
        }
        opened = first;
        if (first == streams.size() && !done.isReached()) {
            ended = System.nanoTime();
            done.reached();
        }
        return Long.MAX_VALUE;
    }

    /** How many are open, of those before the first that is not. */
    long opened() {
        return opened;
    }

    /** Waits no longer than this for all; whether they are open. */
    boolean await(long millis) {
        return done.await(millis);
    }

    /** How long it took; only once they are open. */
    long nanos() {
        return ended - began;
    }
}
