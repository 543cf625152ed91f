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
 * Which open templates match the topics of an event, remembered for those seen most recently.
 *
 * <p>What is remembered outlives the opening and closing of templates: it is compared with those that were opened since,
 * and the closed ones are passed over. So whoever opens and closes templates costs others the comparing with these and
 * nothing more; and whoever publishes on ever new topics costs others a comparing anew, on their own threads.
 *
 * <p>Bounded by bytes, so that neither long topics nor many matches take more; what a publisher found for events that
 * are not delivered yet is kept beside it.
 *
 * <p><b>Threads.</b> Any. Comparing holds no lock.
 *
 * @param <T> those who have a template
 */
final class Matches<T> {

    /** About what it takes at most. */
    private static final long MAX_BYTES = 8L << 20;

    private static final int BYTES_OF_A_TOPIC = 64;

    private final KnownMatches<T> nothing = new KnownMatches<>(0, List.of(), 0);
    private final Templates<T> templates;
    private final Foreseen<T> foreseen = new Foreseen<>();
    private final Map<List<String>, KnownMatches<T>> known = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Matches(Templates<T> templates) {
        this.templates = templates;
    }

    /** Those that match one of these topics, each once. Some may be closed by now. Unmodifiable. */
    List<OpenTemplate<T>> of(EventTopics topics) {
        return templates.isEmpty() ? List.of() : known(topics).matching;
    }

    /** Finds out what {@link #of} will be asked for this very list, and keeps it until {@link #forget}. */
    void foresee(List<String> topics) {
        if (!templates.isEmpty()) {
            foreseen.put(topics, known(new EventTopics(topics)));
        }
    }

    /** What was foreseen for this very list is needed no more. */
    void forget(List<String> topics) {
        foreseen.remove(topics);
    }

    private KnownMatches<T> known(EventTopics topics) {
        KnownMatches<T> before = find(topics.asList());
        long newest = templates.newest();
        if (before.upTo >= newest) {
            return before;
        }
        KnownMatches<T> now = look(topics, before, newest);
        remember(topics.asList(), now);
        return now;
    }

    /** About what it takes now. */
    synchronized long bytes() {
        return bytes;
    }

    private KnownMatches<T> look(EventTopics topics, KnownMatches<T> before, long upTo) {
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
        return new KnownMatches<>(upTo, List.copyOf(found), size);
    }

    private KnownMatches<T> find(List<String> topics) {
        KnownMatches<T> remembered = recall(topics);
        if (remembered == null) {
            remembered = foreseen.get(topics);
        }
        return remembered == null ? nothing : remembered;
    }

    private synchronized @Nullable KnownMatches<T> recall(List<String> topics) {
        return known.get(topics);
    }

    private synchronized void remember(List<String> topics, KnownMatches<T> now) {
        KnownMatches<T> before = known.put(topics, now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
        Iterator<KnownMatches<T>> eldest = known.values().iterator();
        while (bytes > MAX_BYTES && eldest.hasNext()) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
