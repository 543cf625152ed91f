package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.EventTopics;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.TopicSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for what: finds the subscribers of an event by its topics.
 *
 * <p>Subscribers with the same selector share one {@link Audience}. An exact selector is found by
 * hash; each distinct template with the topic's beginning is tried once, however many subscribers have it, and the
 * outcome is remembered. So an event costs what its matches cost, not what there are streams.
 *
 * <p><b>Threads.</b> {@link Delivery} sees to it that nothing is changed while something is offered; only
 * {@link #foresee} is for any thread at any time.
 */
final class TopicIndex {

    private final Map<String, Audience> exact = new HashMap<>();
    private final Templates templates = new Templates();
    private final Matches matches = new Matches(templates);
    private final Operators operators = new Operators();
    private @Nullable Audience everything;

    /** Has a subscriber where its seat says; an audience that it stays in is never empty meanwhile. */
    void seat(Subscriber subscriber) {
        List<Membership> former = subscriber.seat().memberships;
        List<TopicSelector> selectors = subscriber.seat().topics.selectors();
        var memberships = new ArrayList<Membership>(selectors.size());
        try {
            for (TopicSelector selector : selectors) {
                memberships.add(admit(subscriber, audience(selector)));
            }
            operators.update(subscriber);
        } catch (Throwable failure) {
            endAll(memberships);
            throw failure;
        }
        subscriber.seat().memberships = memberships;
        endAll(former);
    }

    private Membership admit(Subscriber subscriber, Audience audience) {
        try {
            return audience.admit(subscriber);
        } catch (Throwable failure) {
            if (audience.isEmpty()) {
                close(audience);
            }
            throw failure;
        }
    }

    /** Allocates nothing, so that it fails for no lack of memory. */
    void remove(Subscriber subscriber) {
        List<Membership> former = subscriber.seat().memberships;
        subscriber.seat().memberships = List.of();
        operators.remove(subscriber);
        endAll(former);
    }

    private void endAll(List<Membership> memberships) {
        for (int i = 0; i < memberships.size(); i++) {
            end(memberships.get(i));
        }
    }

    private void end(Membership membership) {
        membership.audience.dismiss(membership);
        if (membership.audience.isEmpty()) {
            close(membership.audience);
        }
    }

    /** Offers events to everyone who asked for one of their topics, to some more than once. */
    void offer(Turn turn) {
        EventTopics topics = turn.topics();
        if (turn.isPrivate() && OperatorTopics.include(topics.asList())) {
            operators.offer(turn);
            return;
        }
        if (everything != null) {
            everything.offer(turn);
        }
        for (int i = 0; i < topics.size(); i++) {
            Audience audience = exact.get(topics.get(i));
            if (audience != null) {
                audience.offer(turn);
            }
        }
        for (OpenTemplate template : matches.of(topics)) {
            Audience audience = template.audience();
            if (audience != null) {
                audience.offer(turn);
            }
        }
    }

    /** Compares topics with the open templates, so that who offers them soon finds it remembered. */
    void foresee(List<String> topics) {
        matches.foresee(topics);
    }

    /** These have been offered, or could not be. */
    void forget(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            matches.forget(events.get(i).topics());
        }
    }

    private Audience audience(TopicSelector selector) {
        if (selector.isExact()) {
            return exact.computeIfAbsent(selector.text(), text -> new Audience(selector));
        }
        if (selector.isTemplate()) {
            return templates.audience(selector);
        }
        Audience all = everything == null ? new Audience(selector) : everything;
        everything = all;
        return all;
    }

    private void close(Audience audience) {
        if (audience == everything) {
            everything = null;
        } else if (audience.selector.isExact()) {
            exact.remove(audience.selector.text());
        } else {
            templates.close(audience.selector);
        }
    }
}
