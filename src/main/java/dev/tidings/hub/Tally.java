package dev.tidings.hub;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many of something each key has now, on this node and on the others. Keys without any take no memory.
 *
 * <p><b>Threads.</b> Any. The monitor is held for a few field accesses. {@link Count#release} allocates nothing, so that lack of
 * memory cannot make it fail.
 */
final class Tally implements SharedCount {

    private static final int NOT_KNOWN = -1;

    private final String name;
    private final Map<String, Count> counts = new HashMap<>();
    private final Map<String, Map<String, Integer>> byNode = new HashMap<>();

    Tally(String name) {
        this.name = name;
    }

    /** What one key has. */
    final class Count {

        private final String key;
        private int here;
        private int elsewhere;

        /** What all other nodes know of this. */
        private int told;

        private Count(String key) {
            this.key = key;
        }

        /** Takes one back. */
        void release() {
            synchronized (Tally.this) {
                here--;
                forgetIfNone();
            }
        }

        private void forgetIfNone() {
            if (here == 0 && elsewhere == 0 && told == 0) {
                counts.remove(key);
            }
        }
    }

    /** Counts one more, unless the key has so many already; then null. */
    @Nullable
    synchronized Count take(String key, int most) {
        Count count = counts.computeIfAbsent(key, Count::new);
        if (count.here + count.elsewhere >= most) {
            count.forgetIfNone();
            return null;
        }
        count.here++;
        return count;
    }

    /** Whether the key has so many already. */
    synchronized boolean isFull(String key, int most) {
        Count count = counts.get(key);
        return (count == null ? 0 : count.here + count.elsewhere) >= most;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Map<String, Integer> news(int most) {
        var news = new HashMap<String, Integer>();
        for (Iterator<Count> each = counts.values().iterator(); each.hasNext() && news.size() < most; ) {
            Count count = each.next();
            if (count.told != count.here) {
                news.put(count.key, count.here);
                count.told = count.here;
                if (count.here == 0 && count.elsewhere == 0) {
                    each.remove();
                }
            }
        }
        return news;
    }

    @Override
    public synchronized void tellAgain() {
        for (Count count : counts.values()) {
            if (count.here != 0 || count.told != 0) {
                count.told = NOT_KNOWN;
            }
        }
    }

    @Override
    public synchronized void told(String node, Map<String, Integer> news) {
        Map<String, Integer> known = byNode.computeIfAbsent(node, none -> new HashMap<>());
        news.forEach((key, count) -> {
            int now = Math.max(0, count);
            Integer before = now == 0 ? known.remove(key) : known.put(key, now);
            add(key, now - (before == null ? 0 : before));
        });
        if (known.isEmpty()) {
            byNode.remove(node);
        }
    }

    @Override
    public synchronized void forget(String node) {
        Map<String, Integer> known = byNode.remove(node);
        if (known != null) {
            known.forEach((key, count) -> add(key, -count));
        }
    }

    private void add(String key, int more) {
        Count count = counts.computeIfAbsent(key, Count::new);
        count.elsewhere += more;
        count.forgetIfNone();
    }
}
