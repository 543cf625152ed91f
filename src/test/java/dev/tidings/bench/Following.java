package dev.tidings.bench;

import dev.tidings.testing.Crowd;

/**
 * Sees when streams that come back follow again: each has an event that was published after its answer had begun, and so, in order,
 * everything before that. Publishing goes on until then.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's, in place of the pump; any may wait for it.
 */
final class Following implements Crowd.Chore {

    private final Group group;
    private final Script script;
    private final Pump pump;
    private final int[] publishedBefore;
    private final Completion done = new Completion();
    private int opened;
    private int following;
    private long openedAt;
    private long endedAt;
    private volatile long progress;

    /** @param pump publishes the script to the group, without end; it is told when it is enough */
    Following(Group group, Script script, Pump pump) {
        this.group = group;
        this.script = script;
        this.pump = pump;
        this.publishedBefore = new int[group.size()];
    }

    @Override
    public long run() {
        while (opened < group.size() && group.streams().get(opened).isOpen()) {
            publishedBefore[opened] = script.published(opened);
            opened++;
            openedAt = opened == group.size() ? System.nanoTime() : 0;
        }
        while (following < opened && group.arrived(following) > publishedBefore[following]) {
            following++;
        }
        progress = (long) opened + following;
        if (following == group.size() && !done.isReached()) {
            endedAt = System.nanoTime();
            pump.stop();
            done.reached();
        }
        return pump.run();
    }

    /** A number that grows as long as it gets on. */
    long progress() {
        return progress;
    }

    /** Waits no longer than this until all follow; whether they do. */
    boolean await(long millis) {
        return done.await(millis);
    }

    /** The {@link System#nanoTime} at which all were open; only once they follow. */
    long openedAt() {
        return openedAt;
    }

    /** The {@link System#nanoTime} at which all followed; only once they do. */
    long endedAt() {
        return endedAt;
    }
}
