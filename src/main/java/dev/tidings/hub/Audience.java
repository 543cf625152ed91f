package dev.tidings.hub;

import dev.tidings.event.TopicSelector;
import java.util.ArrayList;

/**
 * The subscribers that asked for one topic selector.
 *
 * <p>An array that is walked for every event, and in which joining and leaving take the same short
 * time however many there are.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 */
final class Audience {

    final TopicSelector selector;
    private final ArrayList<Membership> members = new ArrayList<>(1);

    Audience(TopicSelector selector) {
        this.selector = selector;
    }

    Membership admit(Subscriber subscriber) {
        var membership = new Membership(this, subscriber);
        membership.slot = members.size();
        members.add(membership);
        return membership;
    }

    void dismiss(Membership leaving) {
        Membership last = members.remove(members.size() - 1);
        if (last != leaving) {
            members.set(leaving.slot, last);
            last.slot = leaving.slot;
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void offer(Turn turn) {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).subscriber.offer(turn);
        }
    }
}
