package dev.tidings.hub;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The matches of events that are on their way to delivery, as their publishers computed them.
 *
 * <p>One request, or many at once, may publish more topics than the {@link MatchCache} remembers. The matches are kept here, so
 * that what was compared on a publisher's thread is not compared again on the delivering one.
 *
 * <p>An entry's key is the very list of an event's topics. If the event is refused after all, its list becomes garbage, and the
 * entry is dropped with it. Matches that {@value #MAX_BYTES} bytes have no room for are computed again.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param <T> the holders of a template
 */
final class PendingMatches<T> {

    /** Far more than publishers get ahead of delivery, since computing takes longer than delivering. */
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

    /** Forgets the matches of topics that were offered. */
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

    /** A key that equals the same list, and no equal one. */
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
