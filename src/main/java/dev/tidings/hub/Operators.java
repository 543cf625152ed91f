package dev.tidings.hub;

import dev.tidings.event.EventTopics;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The subscribers whose grants name what operates the hub, since what the hub tells of itself is for them alone. They
 * are few; so nobody else's selectors are looked at for it, however many there are.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 */
final class Operators {

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    /** Has a subscriber among them exactly when its grant says so now. */
    void update(Subscriber subscriber) {
        if (subscriber.seat().grant.isOperators) {
            subscribers.add(subscriber);
        } else {
            subscribers.remove(subscriber);
        }
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Offers a private event of the hub's own to each of them that asked for one of its topics. */
    void offer(Turn turn) {
        for (Subscriber subscriber : subscribers) {
            if (asksFor(turn.topics(), subscriber)) {
                subscriber.offer(turn);
            }
        }
    }

    private static boolean asksFor(EventTopics topics, Subscriber subscriber) {
        for (Membership membership : subscriber.seat().memberships) {
            for (int i = 0; i < topics.size(); i++) {
                if (membership.audience.selector.matches(topics.places(i))) {
                    return true;
                }
            }
        }
        return false;
    }
}
