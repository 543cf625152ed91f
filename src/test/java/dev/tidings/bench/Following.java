package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.Latencies;
import java.util.concurrent.TimeUnit;

/**
 * Sees when streams that come back follow again: each has an event that was published after its answer had begun, and so, in order,
 * everything before that. Publishing goes on until then.
 *
 * <p>It looks at all streams that do not follow yet, every five milliseconds, since it shares its thread with them.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's, in place of the pump; any may wait for it.
 */
final class Following implements Crowd.Chore {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** In place of how much was published before a stream was open. */
    private static final int NOT_OPEN = -1;

    private final Group group;
    private final Script script;
    private final Pump pump;
    private final long since;
    private final int[] publishedBefore;
    private final int[] waiting;
    private final Latencies waits = new Latencies();
    private final Completion done = new Completion();
    private long lookAt;
    private int left;
    private int opened;
    private long openedAt;
    private long endedAt;
    private volatile long progress;

    /**
     * @param pump publishes the script to the group, without end; it is told when it is enough
     * @param since the {@link System#nanoTime} from which on streams wait
     */
    Following(Group group, Script script, Pump pump, long since) {
        this.group = group;
        this.script = script;
        this.pump = pump;
        this.since = since;
        this.left = group.size();
        this.waiting = new int[left];
        this.publishedBefore = new int[left];
        for (int i = 0; i < left; i++) {
            waiting[i] = i;
            publishedBefore[i] = NOT_OPEN;
        }
        this.lookAt = System.nanoTime();
    }

    @Override
    public long run() {
        if (!done.isReached() && System.nanoTime() - lookAt >= 0) {
            look();
            lookAt = System.nanoTime() + LOOK_NANOS;
        }
        long wait = pump.run();
        return done.isReached() ? wait : Math.min(LOOK_NANOS, wait);
    }

    private void look() {
        int still = 0;
        for (int i = 0; i < left; i++) {
            int stream = waiting[i];
            if (publishedBefore[stream] == NOT_OPEN
                    && group.streams().get(stream).isOpen()) {
                publishedBefore[stream] = script.published(stream);
                opened++;
                openedAt = System.nanoTime();
            }
            if (publishedBefore[stream] != NOT_OPEN && group.arrived(stream) > publishedBefore[stream]) {
                waits.since(since);
            } else {
                waiting[still++] = stream;
            }
        }
        left = still;
        progress = (long) opened + group.size() - left;
        if (left == 0) {
            endedAt = System.nanoTime();
            pump.stop();
            done.reached();
        }
    }

    /** How many are open and how many follow, together; a number that grows as long as it gets on. */
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

    /** How long each stream waited until it followed. */
    Latencies waits() {
        return waits;
    }
}
