package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.selector.EventTopics;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The distinct grants of the subscribers, and which of them cover a private event.
 *
 * <p>They are found by the event's topics, as subscribers are. Comparing all grants with all topics would take as long as a
 * publisher likes.
 *
 * <p><b>Threads.</b> Any. The monitor is held while one grant is added or removed, and while the grants that cover an event are
 * marked. It is not held while topics are compared with templates.
 */
final class Grants {

    private final Map<SelectorSet, SharedGrant> shared = new HashMap<>();
    private final SelectorIndex<Set<SharedGrant>> bySelector = new SelectorIndex<>();
    private final Set<SharedGrant> operators = new LinkedHashSet<>();

    /** The one grant with these selectors, until it is {@linkplain #release released} as often. */
    synchronized SharedGrant hold(SelectorSet selectors) {
        SharedGrant grant = shared.get(selectors);
        if (grant == null) {
            grant = new SharedGrant(selectors);
            try {
                shared.put(selectors, grant);
                add(grant);
            } catch (Throwable failure) {
                remove(grant);
                throw failure;
            }
        }
        grant.holders++;
        return grant;
    }

    /** Gives up a grant. Allocates nothing, so that lack of memory cannot make it fail. */
    synchronized void release(SharedGrant grant) {
        if (grant.holders == 1) {
            remove(grant);
        }
        grant.holders--;
    }

    private void add(SharedGrant grant) {
        if (grant.isOperators) {
            operators.add(grant);
        }
        for (TopicSelector selector : grant.selectors.selectors()) {
            Set<SharedGrant> holders = bySelector.find(selector);
            if (holders == null) {
                // Most grants have a topic of their own.
                holders = new LinkedHashSet<>(2);
                holders.add(grant);
                bySelector.open(selector, holders);
            } else {
                holders.add(grant);
            }
        }
    }

    private void remove(SharedGrant grant) {
        shared.remove(grant.selectors);
        operators.remove(grant);
        List<TopicSelector> selectors = grant.selectors.selectors();
        for (int i = 0; i < selectors.size(); i++) {
            Set<SharedGrant> holders = bySelector.find(selectors.get(i));
            if (holders != null && holders.remove(grant) && holders.isEmpty()) {
                bySelector.close(selectors.get(i));
            }
        }
    }

    /** Marks each grant that covers this batch as allowing it. */
    void mark(Batch batch) {
        EventTopics topics = batch.topics();
        if (batch.isOperators()) {
            synchronized (this) {
                for (SharedGrant grant : operators) {
                    if (grant.selectors.coversAny(topics.asList())) {
                        grant.allow(batch);
                    }
                }
            }
        } else if (batch.isPrivate()) {
            List<OpenTemplate<Set<SharedGrant>>> matching = bySelector.matching(topics);
            synchronized (this) {
                bySelector.visit(topics, matching, holders -> holders.forEach(grant -> grant.allow(batch)));
            }
        }
    }

    /** About how much work {@link #precompute} is now, in comparisons. Counting ends when it is more than enough. */
    long work(List<String> topics, long enough) {
        return bySelector.work(topics, enough);
    }

    /** Compares the topics of a private event with the templates of all grants, so that delivery finds the outcome. */
    void precompute(List<String> topics) {
        bySelector.precompute(topics);
    }

    /** Forgets what was computed before for these events. */
    void forget(List<Event> events) {
        bySelector.forget(events);
    }
}
