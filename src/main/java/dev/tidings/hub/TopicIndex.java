package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.EventTopics;
import dev.tidings.event.TopicSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * Who asked for what: finds the subscribers of an event by its topics.
 *
 * <p>Subscribers with the same selector share one {@link Audience}, and {@link SelectorIndex} finds these.
 *
 * <p><b>Threads.</b> {@link Delivery} sees to it that nothing is changed while something is offered; only
 * {@link #foresee} is for any thread at any time.
 */
final class TopicIndex {

    private final SelectorIndex<Audience> asked = new SelectorIndex<>();
    private final Operators operators = new Operators();

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
        if (turn.isOperators()) {
            operators.offer(turn);
        } else {
            EventTopics topics = turn.topics();
            asked.visit(topics, asked.matching(topics), audience -> audience.offer(turn));
        }
    }

    /** Compares topics with the open templates, so that who offers them soon finds it remembered. */
    void foresee(List<String> topics) {
        asked.foresee(topics);
    }

    /** These have been offered, or could not be. */
    void forget(List<Event> events) {
        asked.forget(events);
    }

    private Audience audience(TopicSelector selector) {
        Audience audience = asked.find(selector);
        if (audience == null) {
            audience = new Audience(selector);
            asked.open(selector, audience);
        }
        return audience;
    }

    private void close(Audience audience) {
        asked.close(audience.selector);
    }
}
