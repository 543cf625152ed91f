package dev.tidings.hub;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What publishers found out about the topics of events that are on their way to delivery. One request may publish more
 * topics than are remembered for whoever comes next, and so may many at once; kept here, what was compared on a
 * publisher's thread is not compared again on delivery's.
 *
 * <p>An event is known by its very list of topics. One that is refused after all needs no farewell: its topics are
 * garbage then, and with them this. What {@value #MAX_BYTES} bytes do not hold is compared again.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param <T> those who have a template
 */
final class PendingMatches<T> {

    /** Far more than publishers get ahead of delivery by, since to precompute takes longer than to deliver. */
    static final long MAX_BYTES = 8L << 20;

    private final Map<Key, CachedMatches<T>> known = new HashMap<>();
    private final ReferenceQueue<List<String>> refused = new ReferenceQueue<>();
    private long bytes;

    synchronized void put(List<String> topics, CachedMatches<T> found) {
        forgetRefused();
        if (bytes + found.bytesOfMatches <= MAX_BYTES && known.putIfAbsent(new Key(topics, refused), found) == null) {
            bytes += found.bytesOfMatches;
        }
    }

    synchronized @Nullable CachedMatches<T> get(List<String> topics) {
        return known.isEmpty() ? null : known.get(new Key(topics, null));
    }

    /** These have been offered. */
    synchronized void remove(List<String> topics) {
        if (!known.isEmpty()) {
            forget(new Key(topics, null));
        }
    }

    /** About what it takes now. */
    synchronized long bytes() {
        return bytes;
    }

    private void forgetRefused() {
        for (Reference<?> gone = refused.poll(); gone != null; gone = refused.poll()) {
            forget(gone);
        }
    }

    private void forget(Object key) {
        CachedMatches<T> found = known.remove(key);
        bytes -= found == null ? 0 : found.bytesOfMatches;
    }

    /** The very list, and not one like it. */
    private static final class Key extends WeakReference<List<String>> {

        private final int hash;

        Key(List<String> topics, @Nullable ReferenceQueue<List<String>> refused) {
            super(topics, refused);
            this.hash = System.identityHashCode(topics);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            List<String> topics = get();
            return topics != null && other instanceof Key key && key.get() == topics;
        }
    }
}
