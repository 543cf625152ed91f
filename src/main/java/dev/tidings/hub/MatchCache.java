package dev.tidings.hub;

import dev.tidings.event.selector.EventTopics;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the open templates that match the topics of an event, and remembers the outcome for topics seen lately.
 *
 * <p>An outcome stays useful when templates open and close. It is only compared with the templates that opened since, and closed
 * ones are skipped. So a client that opens and closes templates costs others no more than comparing with these. A publisher of
 * ever new topics costs other publishers a comparison, on their own threads.
 *
 * <p>The cache is bounded by bytes, so that neither long topics nor many matches take more. The outcome for events that are not
 * delivered yet is in {@link PendingMatches}.
 *
 * <p><b>Threads.</b> Any. Comparing holds no lock.
 *
 * @param <T> the holders of a template
 */
final class MatchCache<T> {

    /** About what it takes at most. */
    private static final long MAX_BYTES = 8L << 20;

    private static final int BYTES_OF_A_TOPIC = 64;

    /** Each look is shorter than the one before, unless templates open faster than they are compared. */
    private static final int MOST_LOOKS = 8;

    private final CachedMatches<T> nothing = new CachedMatches<>(0, List.of(), 0);
    private final Templates<T> templates;
    private final PendingMatches<T> pending = new PendingMatches<>();
    private final Map<List<String>, CachedMatches<T>> known = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    MatchCache(Templates<T> templates) {
        this.templates = templates;
    }

    /** The templates that match one of these topics, each once. Some may be closed by now. Unmodifiable. */
    List<OpenTemplate<T>> of(EventTopics topics) {
        return templates.isEmpty() ? List.of() : known(topics).matching;
    }

    /**
     * Computes what {@link #of} will return for this very list, and keeps it until {@link #forget}.
     *
     * <p>It takes in what opens meanwhile. Or the thread that delivers would compare all topics with that, while everybody waits.
     */
    void precompute(List<String> topics) {
        if (!templates.isEmpty()) {
            var indexed = new EventTopics(topics);
            CachedMatches<T> found = known(indexed);
            for (int again = 0; again < MOST_LOOKS && found.upTo < templates.newest(); again++) {
                found = known(indexed, found);
            }
            pending.put(topics, found);
        }
    }

    /** About how much work {@link #precompute} is now. Counting ends when it is more than enough. */
    long work(List<String> topics, long enough) {
        if (templates.isEmpty()) {
            return 0;
        }
        CachedMatches<T> remembered = recall(topics);
        long since = templates.newest() - (remembered == null ? 0 : remembered.upTo);
        return since <= 0 ? 0 : Math.min(since * topics.size(), templates.work(topics, enough));
    }

    /** Forgets what was computed before for this very list. */
    void forget(List<String> topics) {
        pending.remove(topics);
    }

    private CachedMatches<T> known(EventTopics topics) {
        return known(topics, find(topics.asList()));
    }

    private CachedMatches<T> known(EventTopics topics, CachedMatches<T> before) {
        long newest = templates.newest();
        if (before.upTo >= newest) {
            return before;
        }
        CachedMatches<T> now = look(topics, before, newest);
        remember(topics.asList(), now);
        return now;
    }

    /** About what it takes now. */
    synchronized long bytes() {
        return bytes;
    }

    private CachedMatches<T> look(EventTopics topics, CachedMatches<T> before, long upTo) {
        Set<OpenTemplate<T>> found = new HashSet<>();
        for (OpenTemplate<T> template : before.matching) {
            if (template.holders() != null) {
                found.add(template);
            }
        }
        templates.match(topics, before.upTo, upTo, found);
        long size = 0;
        for (int i = 0; i < topics.size(); i++) {
            size += BYTES_OF_A_TOPIC + topics.get(i).length();
        }
        return new CachedMatches<>(upTo, List.copyOf(found), size);
    }

    private CachedMatches<T> find(List<String> topics) {
        CachedMatches<T> remembered = recall(topics);
        if (remembered == null) {
            remembered = pending.get(topics);
        }
        return remembered == null ? nothing : remembered;
    }

    private synchronized @Nullable CachedMatches<T> recall(List<String> topics) {
        return known.get(topics);
    }

    private synchronized void remember(List<String> topics, CachedMatches<T> now) {
        CachedMatches<T> before = known.put(topics, now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
        Iterator<CachedMatches<T>> eldest = known.values().iterator();
        while (bytes > MAX_BYTES && eldest.hasNext()) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
