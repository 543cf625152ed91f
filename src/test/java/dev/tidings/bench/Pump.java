package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdPublisher;
import java.util.List;

/**
 * Publishes so many events of a script at a pace, and sees when they are delivered. It begins when all its publishers are connected.
 * They take turns; one that waits for an answer is passed over.
 *
 * <p>An event that is late, because the answer to the one before was, still counts as sent when it was to be sent.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's; any may wait for it.
 */
final class Pump implements Crowd.Chore {

    private final Script script;
    private final Pace pace;
    private final List<CrowdPublisher> publishers;
    private final List<Group> awaited;
    private final Completion done = new Completion();
    private final long underWay;
    private int count;
    private int turn;
    private long began;
    private int published;
    private volatile long progress;

    /**
     * @param publishers as many as the script wants, or more
     * @param awaited the groups that have to have come as far as they are expected to; the first one's deliveries make
     *     room in the window
     */
    Pump(Script script, int count, Pace pace, List<CrowdPublisher> publishers, List<Group> awaited) {
        this.script = script;
        this.count = count;
        this.pace = pace;
        this.publishers = publishers;
        this.awaited = awaited;
        this.underWay = pace.window() * script.deliveries(awaited.get(0));
    }

    @Override
    public long run() {
        long now = System.nanoTime();
        if (began == 0) {
            if (!areIdle()) {
                return Long.MAX_VALUE;
            }
            began = now;
        }
        long wait = publish(now);
        long sum = published;
        boolean complete = published == count;
        for (Group group : awaited) {
            sum += group.tally().delivered();
            complete &= group.tally().delivered() >= group.goal();
        }
        progress = sum;
        if (complete && areIdle()) {
            done.reached();
        }
        return wait;
    }

    /**
     * Publishes nothing more, so that it is done when all that is published is delivered. Only the crowd may call it, and only if all who
     * listen are awaited.
     */
    void stop() {
        awaited.forEach(group -> group.expect((published - count) * script.deliveries(group)));
        count = published;
    }

    /** A number that grows as long as it gets on. */
    long progress() {
        return progress;
    }

    /** When it began, by {@link System#nanoTime}; only once it is done. */
    long began() {
        return began;
    }

    /** Waits no longer than this for it to be done; whether it is. */
    boolean await(long millis) {
        return done.await(millis);
    }

    private boolean areIdle() {
        boolean idle = true;
        for (int i = 0; idle && i < script.publishers(); i++) {
            idle = publishers.get(i).isIdle();
        }
        return idle;
    }

    /** After how long the next event is due; without end when that depends on what is read. */
    private long publish(long now) {
        for (int looked = 0; looked < script.publishers() && published < count; looked++) {
            CrowdPublisher publisher = publishers.get(turn);
            if (publisher.isIdle()) {
                long due = pace.nanos() == 0 ? now : began + pace.nanos() * published;
                if (due > now) {
                    return due - now;
                }
                if (isFull()) {
                    return Long.MAX_VALUE;
                }
                int events = Math.min(script.batch(), count - published);
                published += events;
                publisher.publish(script.request(turn, events, due));
            }
            turn = (turn + 1) % script.publishers();
        }
        return Long.MAX_VALUE;
    }

    /** What is expected is counted from the end, so that what came before does not matter. */
    private boolean isFull() {
        Group first = awaited.get(0);
        long outstanding = first.goal() - first.tally().delivered();
        long unpublished = (count - published) * script.deliveries(first);
        return underWay > 0 && outstanding - unpublished >= underWay;
    }
}
