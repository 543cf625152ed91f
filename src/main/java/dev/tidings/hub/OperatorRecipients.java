package dev.tidings.hub;

import dev.tidings.event.selector.EventTopics;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The recipients whose grants name topics that operate the hub. The hub's own events are for them alone.
 *
 * <p>They are few, and for such an event only their selectors are looked at, however many other recipients there are.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 */
final class OperatorRecipients {

    private final Set<Recipient> recipients = new LinkedHashSet<>();

    /** Adds or removes a recipient, by the grant that it has now. */
    void update(Recipient recipient) {
        if (recipient.grant.isOperators) {
            recipients.add(recipient);
        } else {
            recipients.remove(recipient);
        }
    }

    void remove(Recipient recipient) {
        recipients.remove(recipient);
    }

    /** Offers a private event of the hub's own to each of them that asked for one of its topics. */
    void offer(Batch batch) {
        for (Recipient recipient : recipients) {
            if (asksFor(batch.topics(), recipient)) {
                recipient.offer(batch);
            }
        }
    }

    private static boolean asksFor(EventTopics topics, Recipient recipient) {
        for (SelectorGroup.Entry<Recipient> entry : recipient.entries) {
            for (int i = 0; i < topics.size(); i++) {
                if (entry.group.selector.matches(topics.indexed(i))) {
                    return true;
                }
            }
        }
        return false;
    }
}
