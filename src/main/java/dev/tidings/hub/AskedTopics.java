package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What streams ask for, in numbers: how many ask for a topic, and by which selectors.
 *
 * <p>It is made when an operator asks, of the streams of that moment. Each distinct template is compared with a topic once,
 * however many streams have it. Comparing ends after a while, since users choose how long it takes.
 *
 * <p><b>Threads.</b> One fills it. Then any may ask.
 */
public final class AskedTopics {

    /** The most selectors of one answer. */
    public static final int MOST_SELECTORS = 10_000;

    /** The most characters of their texts. */
    private static final int MOST_CHARACTERS = 1 << 20;

    /** How long comparing may take. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Map<String, Group> groups = new HashMap<>();
    private final List<Group> templates = new ArrayList<>();
    private @Nullable Group everything;
    private int streams;

    /** The streams that ask by one selector. */
    private static final class Group {

        private final TopicSelector selector;
        private final List<Integer> streams = new ArrayList<>(1);

        Group(TopicSelector selector) {
            this.selector = selector;
        }

        boolean matches(String topic) {
            return topic.startsWith(selector.beginning()) && selector.matches(topic);
        }
    }

    /** Adds a stream that asks by these selectors. */
    public void add(SelectorSet selectors) {
        for (TopicSelector selector : selectors.selectors()) {
            groups.computeIfAbsent(selector.text(), none -> group(selector))
                    .streams
                    .add(streams);
        }
        streams++;
    }

    private Group group(TopicSelector selector) {
        var group = new Group(selector);
        if (selector instanceof TopicSelector.Template) {
            templates.add(group);
        } else if (selector instanceof TopicSelector.Everything) {
            everything = group;
        }
        return group;
    }

    /**
     * How many streams ask for each of these topics, in their order. If comparing takes long, the last ones are missing, and never
     * the first.
     */
    public Map<String, Integer> count(List<String> topics) {
        long began = System.nanoTime();
        var counts = new LinkedHashMap<String, Integer>();
        for (String topic : topics) {
            if (!counts.isEmpty() && System.nanoTime() - began > PATIENCE.toNanos()) {
                break;
            }
            counts.put(topic, count(topic));
        }
        return counts;
    }

    private int count(String topic) {
        var asking = new BitSet();
        if (everything != null) {
            everything.streams.forEach(asking::set);
        }
        Group exact = groups.get(topic);
        if (exact != null) {
            exact.streams.forEach(asking::set);
        }
        for (Group template : templates) {
            if (template != exact && template.matches(topic)) {
                template.streams.forEach(asking::set);
            }
        }
        return asking.cardinality();
    }

    /**
     * By which selectors streams ask, and how many do.
     *
     * @param part what the selectors contain, in upper or lower case
     * @return those by which most streams ask, {@value #MOST_SELECTORS} at most, and fewer if they are long
     */
    public Map<String, Integer> selectors(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        var counts = new HashMap<String, Integer>();
        groups.forEach((text, group) -> {
            if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
                counts.put(text, group.streams.size());
            }
        });
        return most(counts);
    }

    /** The selectors by which most streams ask, the most first. */
    public static Map<String, Integer> most(Map<String, Integer> counts) {
        List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        var most = new LinkedHashMap<String, Integer>();
        int characters = 0;
        for (Map.Entry<String, Integer> entry : sorted) {
            characters += entry.getKey().length();
            if (most.size() == MOST_SELECTORS || characters > MOST_CHARACTERS) {
                break;
            }
            most.put(entry.getKey(), entry.getValue());
        }
        return most;
    }
}
