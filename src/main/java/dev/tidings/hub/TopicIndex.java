package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.TopicSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final Map<TopicSelector, Audience> audiences = new HashMap<>();
    private final Map<String, Audience> exact = new HashMap<>();
    private final Set<Audience> templates = new LinkedHashSet<>();
    private @Nullable Audience everything;
    private final Map<String, List<Audience>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Audience>> eldest) {
            return size() > REMEMBERED_TOPICS;
        }
    };

    void add(Subscriber subscriber) {
        for (TopicSelector selector : subscriber.subscription().topics().selectors()) {
            Audience audience = audiences.computeIfAbsent(selector, this::open);
            subscriber.seat().memberships.add(audience.admit(subscriber));
        }
    }

    void remove(Subscriber subscriber) {
        subscriber.seat().memberships.forEach(this::end);
        subscriber.seat().memberships.clear();
    }

    /** Has a subscriber where its subscription says now; an audience that it stays in is never empty meanwhile. */
    void update(Subscriber subscriber) {
        var former = List.copyOf(subscriber.seat().memberships);
        subscriber.seat().memberships.clear();
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
     * Offers an event to everyone who asked for one of its topics, to some more than once.
     *
     * @param turn a number that differs for every event
     */
    void offer(Event event, long turn) {
        if (everything != null) {
            everything.offer(event, turn);
        }
        List<String> topics = event.topics();
        for (int i = 0; i < topics.size(); i++) {
            Audience audience = exact.get(topics.get(i));
            if (audience != null) {
                audience.offer(event, turn);
            }
            if (!templates.isEmpty()) {
                offer(event, turn, remembered.computeIfAbsent(topics.get(i), this::matching));
            }
        }
    }

    private static void offer(Event event, long turn, List<Audience> audiences) {
        for (int i = 0; i < audiences.size(); i++) {
            audiences.get(i).offer(event, turn);
        }
    }

    private List<Audience> matching(String topic) {
        var matching = new ArrayList<Audience>(1);
        for (Audience audience : templates) {
            if (audience.selector.matches(topic)) {
                matching.add(audience);
            }
        }
        return matching;
    }

    private Audience open(TopicSelector selector) {
        var audience = new Audience(selector);
        if (selector.isEverything()) {
            everything = audience;
        } else if (selector.isExact()) {
            exact.put(selector.text(), audience);
        } else {
            templates.add(audience);
            remembered.clear();
        }
        return audience;
    }

    private void close(Audience audience) {
        audiences.remove(audience.selector);
        if (audience == everything) {
            everything = null;
        } else if (audience.selector.isExact()) {
            exact.remove(audience.selector.text());
        } else {
            templates.remove(audience);
            remembered.clear();
        }
    }
}
