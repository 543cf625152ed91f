package dev.tidings.hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bounds how much of something each key may take in a second, over all nodes.
 *
 * <p>A key that has taken nothing for a second may take a second's worth at once. Whoever may take at all may take more than is
 * left, such as many events in one request. The key then waits until that is made up for. What a key takes at another node counts
 * here as soon as that node has told. So the rate over all nodes is kept in the long run, whichever node the key turns to.
 *
 * <p><b>Threads.</b> Any. The monitor is held for a few field accesses, and once a second while keys that have rested are dropped.
 */
public final class RateLimit implements SharedCount {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The longest that a key has to wait, whatever other nodes tell. */
    private static final long LONGEST_DEBT = TimeUnit.HOURS.toNanos(1);

    /** While the other nodes cannot be told, this much is noted for them at most. */
    private static final int MOST_NEWS = 100_000;

    private final String name;
    private final int most;
    private final long interval;
    private final LongSupplier nanoTime;

    /** When each key has rested, so that it may take a second's worth again. */
    private final Map<String, Long> rested = new HashMap<>();

    private final Map<String, Integer> news = new HashMap<>();

    /** Whether there are other nodes to tell. */
    private boolean isShared;

    private long swept;

    /**
     * @param name its name among the counts of the hub
     * @param most how many a second; 0 is any number
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    public RateLimit(String name, int most, LongSupplier nanoTime) {
        this.name = name;
        this.most = most;
        this.interval = most == 0 ? 0 : Math.max(1, SECOND / most);
        this.nanoTime = nanoTime;
        this.swept = nanoTime.getAsLong();
    }

    /** How many a second; 0 is any number. */
    public int most() {
        return most;
    }

    /**
     * Takes so many, if the key may take any.
     *
     * @return zero if they are taken, and else how long until the key may take again
     */
    public synchronized Duration take(String key, int count) {
        Duration wait = untilFree(key);
        if (most > 0 && wait.isZero()) {
            spend(key, count);
            if (isShared && news.size() < MOST_NEWS) {
                news.merge(key, count, Integer::sum);
            }
        }
        return wait;
    }

    /** How long until the key may take; zero if it may now. */
    synchronized Duration untilFree(String key) {
        Long until = rested.get(key);
        return until == null
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong() + interval - SECOND));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Map<String, Integer> news(int limit) {
        var some = new HashMap<String, Integer>();
        for (var each = news.entrySet().iterator(); each.hasNext() && some.size() < limit; ) {
            Map.Entry<String, Integer> next = each.next();
            some.put(next.getKey(), next.getValue());
            each.remove();
        }
        return some;
    }

    @Override
    public synchronized void tellAgain() {
        // What was taken a while ago counts no more, so that only what comes is told.
        isShared = true;
    }

    @Override
    public synchronized void told(String node, Map<String, Integer> taken) {
        if (most > 0) {
            taken.forEach((key, count) -> spend(key, Math.max(0, count)));
        }
    }

    @Override
    public void forget(String node) {
        // What it took is taken.
    }

    private void spend(String key, int count) {
        long now = nanoTime.getAsLong();
        sweep(now);
        Long until = rested.get(key);
        long from = until == null ? now : Math.max(now, until);
        rested.put(key, Math.min(from + count * interval, now + LONGEST_DEBT));
    }

    private void sweep(long now) {
        if (now - swept >= SECOND) {
            swept = now;
            rested.values().removeIf(until -> until <= now);
        }
    }
}
