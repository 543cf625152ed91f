package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.TopicSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for what: finds the subscribers of an event by its topics.
 *
 * <p>Subscribers with the same selector share one {@link Audience}. An exact selector is found by
 * hash; each distinct template is tried once for a topic, however many subscribers have it, and the
 * outcome is remembered for the topics seen most recently. So an event costs what its matches cost,
 * not what there are streams.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class TopicIndex {

    /** For so many topics the matching templates are remembered. */
    private static final int REMEMBERED_TOPICS = 1_024;

    private final Map<String, Audience> exact = new HashMap<>();
    private final Map<TopicSelector, Audience> templates = new LinkedHashMap<>();
    private @Nullable Audience everything;
    private final Map<String, List<Audience>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Audience>> eldest) {
            return size() > REMEMBERED_TOPICS;
        }
    };

    void add(Subscriber subscriber) {
        List<TopicSelector> selectors = subscriber.subscription().topics().selectors();
        var memberships = new ArrayList<Membership>(selectors.size());
        // Known before they are had, so that what was begun is taken back when memory runs out in the middle of it.
        subscriber.seat().memberships = memberships;
        for (TopicSelector selector : selectors) {
            memberships.add(audience(selector).admit(subscriber));
        }
    }

    /** Allocates nothing, so that it fails for no lack of memory. */
    void remove(Subscriber subscriber) {
        List<Membership> former = subscriber.seat().memberships;
        subscriber.seat().memberships = List.of();
        for (int i = 0; i < former.size(); i++) {
            end(former.get(i));
        }
    }

    /** Has a subscriber where its subscription says now; an audience that it stays in is never empty meanwhile. */
    void update(Subscriber subscriber) {
        List<Membership> former = subscriber.seat().memberships;
        add(subscriber);
        former.forEach(this::end);
    }

    private void end(Membership membership) {
        membership.audience.dismiss(membership);
        if (membership.audience.isEmpty()) {
            close(membership.audience);
        }
    }

    /**
     * Offers events with the same topics to everyone who asked for one of these, to some more than once.
     *
     * @param turn a number that differs each time
     */
    void offer(List<Event> run, long turn) {
        if (everything != null) {
            everything.offer(run, turn);
        }
        List<String> topics = run.get(0).topics();
        for (int i = 0; i < topics.size(); i++) {
            Audience audience = exact.get(topics.get(i));
            if (audience != null) {
                audience.offer(run, turn);
            }
            if (!templates.isEmpty()) {
                offer(run, turn, remembered.computeIfAbsent(topics.get(i), this::matching));
            }
        }
    }

    private static void offer(List<Event> run, long turn, List<Audience> audiences) {
        for (int i = 0; i < audiences.size(); i++) {
            audiences.get(i).offer(run, turn);
        }
    }

    private List<Audience> matching(String topic) {
        var matching = new ArrayList<Audience>(1);
        for (Audience audience : templates.values()) {
            if (audience.selector.matches(topic)) {
                matching.add(audience);
            }
        }
        return matching;
    }

    private Audience audience(TopicSelector selector) {
        if (selector.isExact()) {
            return exact.computeIfAbsent(selector.text(), text -> new Audience(selector));
        }
        if (selector.isTemplate()) {
            return templates.computeIfAbsent(selector, this::open);
        }
        Audience all = everything == null ? new Audience(selector) : everything;
        everything = all;
        return all;
    }

    private Audience open(TopicSelector template) {
        remembered.clear();
        return new Audience(template);
    }

    private void close(Audience audience) {
        if (audience == everything) {
            everything = null;
        } else if (audience.selector.isExact()) {
            exact.remove(audience.selector.text());
        } else {
            templates.remove(audience.selector);
            remembered.clear();
        }
    }
}
