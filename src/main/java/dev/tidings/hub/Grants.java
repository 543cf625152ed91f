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
 * The distinct grants of the subscribers that are here, and which of them cover a private event. They are found by its
 * topics, like those who ask for these: to go through all grants with all topics would take as long as a publisher likes.
 *
 * <p><b>Threads.</b> Any. Its monitor is held while one grant is taken in or out, or while those that cover an event are
 * marked, and not while topics are compared with templates.
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

    /** Allocates nothing, so that it fails for no lack of memory. */
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
                // Most have a topic of their own.
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

    /** Has each grant allow this batch that covers it. */
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

    /** Compares the topics of a private event with the templates of all grants, so that delivery finds it done. */
    void precompute(List<String> topics) {
        bySelector.precompute(topics);
    }

    /** What was pending for these is needed no more. */
    void forget(List<Event> events) {
        bySelector.forget(events);
    }
}
