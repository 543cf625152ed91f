package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Topic;
import dev.tidings.event.selector.EventTopics;
import dev.tidings.event.selector.IndexedTopic;
import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The distinct open templates. A topic is compared only with those whose literal prefix it has, and once with each, however
 * many holders a template has.
 *
 * <p><b>Threads.</b> One thread at a time opens and closes. Any may {@link #match} meanwhile.
 *
 * @param <T> the holders of a template
 */
final class Templates<T> {

    private final Map<Prefix, TemplateGroup<T>> groups = new ConcurrentHashMap<>();

    /** By their texts, because a template selects its own text, too. */
    private final Map<String, OpenTemplate<T>> open = new ConcurrentHashMap<>();

    /** How many distinct prefixes there are of each length. No topic has a longer one. */
    private final int[] ofLength = new int[Topic.MAX_BYTES + 1];

    /** The lengths of the prefixes, rising. */
    private volatile int[] lengths = {};

    private volatile long newest;

    boolean isEmpty() {
        return lengths.length == 0;
    }

    /** The number of the template that was opened last. Templates that open from now on have greater ones. */
    long newest() {
        return newest;
    }

    /**
     * About how much work it is to {@link #match} these topics with all templates: one for each comparison, and one for each look
     * for a prefix. Counting ends when it is more than enough.
     */
    long work(List<String> topics, long enough) {
        long work = 0;
        for (int i = 0; i < topics.size() && work <= enough; i++) {
            work += work(topics.get(i));
        }
        return work;
    }

    private long work(String topic) {
        long work = 0;
        int hash = 0;
        int hashed = 0;
        for (int length : lengths) {
            if (length > topic.length()) {
                break;
            }
            hash = Prefix.hash(hash, topic, hashed, length);
            hashed = length;
            TemplateGroup<T> group = groups.get(Prefix.of(topic, length, hash));
            work += 1 + (group == null ? 0 : group.size());
        }
        return work;
    }

    /** The holders of this template, or null if it is not open. */
    @Nullable
    T find(TopicSelector template) {
        OpenTemplate<T> known = open.get(template.text());
        return known == null ? null : known.holders();
    }

    /** Opens a template that is not open, for these holders. */
    void open(TopicSelector selector, T holders) {
        var template = new OpenTemplate<>(newest + 1, selector, holders);
        String beginning = selector.beginning();
        groups.computeIfAbsent(Prefix.of(beginning), none -> begin(beginning)).add(template);
        try {
            open.put(selector.text(), template);
        } catch (Throwable failure) {
            close(template, selector);
            throw failure;
        }
        newest = template.number;
    }

    void close(TopicSelector selector) {
        close(requireNonNull(open.remove(selector.text())), selector);
    }

    private void close(OpenTemplate<T> template, TopicSelector selector) {
        Prefix beginning = Prefix.of(selector.beginning());
        TemplateGroup<T> group = requireNonNull(groups.get(beginning));
        template.close();
        group.forgetOne();
        if (group.isEmpty()) {
            groups.remove(beginning);
            count(selector.beginning(), -1);
        }
    }

    private TemplateGroup<T> begin(String beginning) {
        count(beginning, 1);
        return new TemplateGroup<>();
    }

    private void count(String beginning, int change) {
        // No topic has a prefix that is longer than any topic.
        int length = Math.min(beginning.length(), Topic.MAX_BYTES);
        ofLength[length] += change;
        if (ofLength[length] == Math.max(0, change)) {
            try {
                lengths = IntStream.range(0, ofLength.length)
                        .filter(each -> ofLength[each] > 0)
                        .toArray();
            } catch (Throwable failure) {
                // A length without a prefix only takes time.
                if (change > 0) {
                    ofLength[length] -= change;
                    throw failure;
                }
            }
        }
    }

    /** Adds the templates that match one of these topics, of those after one number and up to another. */
    void match(EventTopics topics, long after, long upTo, Set<OpenTemplate<T>> found) {
        var candidates = new IdentityHashMap<TemplateGroup<T>, List<IndexedTopic>>();
        for (int i = 0; i < topics.size(); i++) {
            String topic = topics.get(i);
            OpenTemplate<T> itself = topic.indexOf('{') < 0 ? null : open.get(topic);
            if (itself != null && itself.number > after && itself.number <= upTo) {
                found.add(itself);
            }
            addCandidates(topics.indexed(i), topic, candidates);
        }
        candidates.forEach((group, some) -> group.match(some, after, upTo, found));
    }

    /** Adds a topic to each group whose prefix it has. */
    private void addCandidates(
            IndexedTopic indexed, String topic, Map<TemplateGroup<T>, List<IndexedTopic>> candidates) {
        int hash = 0;
        int hashed = 0;
        for (int length : lengths) {
            if (length > topic.length()) {
                return;
            }
            hash = Prefix.hash(hash, topic, hashed, length);
            hashed = length;
            TemplateGroup<T> group = groups.get(Prefix.of(topic, length, hash));
            if (group != null) {
                candidates.computeIfAbsent(group, none -> new ArrayList<>(1)).add(indexed);
            }
        }
    }
}
