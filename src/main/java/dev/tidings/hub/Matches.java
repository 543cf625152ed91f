package dev.tidings.hub;

import dev.tidings.event.EventTopics;
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
 */
final class Matches {

    /** About what it takes at most. */
    private static final long MAX_BYTES = 8L << 20;

    private static final int BYTES_OF_AN_ENTRY = 200;
    private static final int BYTES_OF_A_TOPIC = 64;
    private static final int BYTES_OF_A_MATCH = 8;

    private static final OpenTemplate[] NONE = {};

    /** What was found among the templates that were opened up to a number. */
    static final class Known {

        static final Known NOTHING = new Known(0, NONE, 0);

        final long upTo;
        final OpenTemplate[] matching;
        final long bytesOfTopics;
        final long bytesOfMatches;

        Known(long upTo, OpenTemplate[] matching, long bytesOfTopics) {
            this.upTo = upTo;
            this.matching = matching;
            this.bytesOfTopics = bytesOfTopics;
            this.bytesOfMatches = BYTES_OF_AN_ENTRY + (long) BYTES_OF_A_MATCH * matching.length;
        }

        long bytes() {
            return bytesOfTopics + bytesOfMatches;
        }
    }

    private final Templates templates;
    private final Foreseen foreseen = new Foreseen();
    private final Map<List<String>, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Matches(Templates templates) {
        this.templates = templates;
    }

    /** Those that match one of these topics, each once. Some may be closed by now. Not to be changed. */
    OpenTemplate[] of(EventTopics topics) {
        return templates.isEmpty() ? NONE : known(topics).matching;
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

    private Known known(EventTopics topics) {
        Known before = find(topics.asList());
        long newest = templates.newest();
        if (before.upTo >= newest) {
            return before;
        }
        Known now = look(topics, before, newest);
        remember(topics.asList(), now);
        return now;
    }

    /** About what it takes now. */
    synchronized long bytes() {
        return bytes;
    }

    private Known look(EventTopics topics, Known before, long upTo) {
        Set<OpenTemplate> found = new HashSet<>();
        for (OpenTemplate template : before.matching) {
            if (template.audience() != null) {
                found.add(template);
            }
        }
        templates.match(topics, before.upTo, upTo, found);
        long size = 0;
        for (int i = 0; i < topics.size(); i++) {
            size += BYTES_OF_A_TOPIC + topics.get(i).length();
        }
        return new Known(upTo, found.toArray(NONE), size);
    }

    private Known find(List<String> topics) {
        Known remembered = recall(topics);
        if (remembered == null) {
            remembered = foreseen.get(topics);
        }
        return remembered == null ? Known.NOTHING : remembered;
    }

    private synchronized @Nullable Known recall(List<String> topics) {
        return known.get(topics);
    }

    private synchronized void remember(List<String> topics, Known now) {
        Known before = known.put(topics, now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Known> eldest = known.values().iterator();
        while (bytes > MAX_BYTES && eldest.hasNext()) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
