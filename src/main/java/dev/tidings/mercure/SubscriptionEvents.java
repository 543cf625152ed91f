package dev.tidings.mercure;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.Topic;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.TopicInterest;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes an event for every subscription that begins or ends. It is a private passing event for grants that name
 * it. Its topic is the path of the subscription's document, and its data is that document. The documents that can be
 * read show the change already when the event comes.
 *
 * <p>A subscriber may have a thousand subscriptions, and thousands may reconnect at once: no event is published while
 * no subscriber could get it. There is none for a selector so long that its path is no topic any more.
 *
 * <p>They go to the hub itself and not to its publishers' service: they are in the order of the changes, so the hub's
 * lock is held, and nothing may wait or be refused there.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says.
 */
public final class SubscriptionEvents implements SubscriberListener {

    /** Below it are the topics of these events. */
    public static final String PREFIX = SubscriptionAddress.ALL;

    private final Hub hub;
    private final TopicInterest interest;

    /**
     * @param hub passes what is told
     * @param interest that in the topics below {@link #PREFIX}
     */
    public SubscriptionEvents(Hub hub, TopicInterest interest) {
        this.hub = hub;
        this.interest = interest;
    }

    @Override
    public void connected(Client client) {
        announce(client, client.topics().selectors(), true);
    }

    @Override
    public void changed(Client client, Client before) {
        if (interest.isNone()) {
            return;
        }
        announce(client, without(before, client), false);
        announce(client, without(client, before), true);
    }

    @Override
    public void lost(Client client) {
        disconnected(client, DisconnectReason.LOST);
    }

    @Override
    public void back(Client client) {
        connected(client);
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        announce(client, client.topics().selectors(), false);
    }

    /** What the one asks for and the other does not. */
    private static List<TopicSelector> without(Client one, Client other) {
        var selectors = new ArrayList<>(one.topics().selectors());
        selectors.removeAll(other.topics().selectors());
        return selectors;
    }

    /** Says of a client's subscriptions to these that they began, or ended. */
    private void announce(Client client, List<TopicSelector> selectors, boolean active) {
        if (interest.isNone()) {
            return;
        }
        for (TopicSelector selector : selectors) {
            List<String> topics = SubscriptionDocument.address(client, selector).topics();
            // The first is the longer one.
            if (topics.get(0).length() <= Topic.MAX_BYTES) {
                String document = SubscriptionDocument.json(SubscriptionDocument.of(client, selector, active));
                hub.pass(new PublishRequest(topics, null, document, null, null, true));
            }
        }
    }
}
