package dev.tidings.bench;

import dev.tidings.testing.Crowd;

/**
 * Sees when a group has been sent all that it is to be sent.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's; any may wait for it.
 */
final class Arrivals implements Crowd.Chore {

    private final Group group;
    private final Completion done = new Completion();
    private volatile long delivered;

    Arrivals(Group group) {
        this.group = group;
    }

    @Override
    public long run() {
        delivered = group.tally().delivered();
        if (delivered >= group.goal()) {
            done.reached();
        }
        return Long.MAX_VALUE;
    }

    /** How many were delivered. */
    long delivered() {
        return delivered;
    }

    /** Waits no longer than this for all; whether they are there. */
    boolean await(long millis) {
        return done.await(millis);
    }
}
