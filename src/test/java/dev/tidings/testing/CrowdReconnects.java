package dev.tidings.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * When the {@link CrowdEventSource clients} of a crowd come back, and how their streams ended before.
 *
 * <p><b>Threads.</b> It is a chore of the crowd's. Any may ask how many there were.
 */
public final class CrowdReconnects implements Crowd.Chore {

    private record Due(long at, CrowdEventSource client) {}

    private final Crowd crowd;
    private final LongConsumer connects;
    private final PriorityQueue<Due> waiting = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();

    /** @param connects gets the {@link System#nanoTime} at which a client comes back */
    public CrowdReconnects(Crowd crowd, LongConsumer connects) {
        this.crowd = crowd;
        this.connects = connects;
    }

    /** How many streams the hub has ended as it should. */
    public int complete() {
        return complete.get();
    }

    /** How many connections were cut, or not taken. */
    public int cut() {
        return cut.get();
    }

    void later(CrowdEventSource client, long millis, boolean whole) {
        waiting.add(new Due(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), client));
        if (whole) {
            complete.incrementAndGet();
        } else {
            cut.incrementAndGet();
        }
    }

    @Override
    public long run() {
        boolean any = false;
        for (Due next = waiting.peek(); next != null; next = waiting.peek()) {
            long left = next.at - System.nanoTime();
            if (left > 0) {
                return any ? 0 : left;
            }
            waiting.remove();
            connects.accept(next.at);
            crowd.open(next.client);
            any = true;
        }
        return any ? 0 : Long.MAX_VALUE;
    }
}
