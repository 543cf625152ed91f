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
 * Tells of every subscription that begins or ends: private passing events whose topic is the path of the
 * subscription's document, and whose data is that document, for grants that name it. What the documents say is already so when the event comes.
 *
 * <p>A subscriber may have a thousand subscriptions, and thousands may reconnect at once: nothing is said while nobody
 * is subscribed who could hear it. A selector so long that its path is no topic any more is not told of.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says; the lock that is held there guards the count.
 */
public final class SubscriptionEvents implements SubscriberListener {

    private final Hub hub;

    private final TopicInterest followers = new TopicInterest(SubscriptionAddress.ALL, MercureServlet.PATH);

    public SubscriptionEvents(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void connected(Client client) {
        followers.connected(client);
        tell(client, client.topics().selectors(), true);
    }

    @Override
    public void changed(Client client, Client before) {
        followers.changed(client, before);
        if (followers.isNone()) {
            return;
        }
        tell(client, without(before, client), false);
        tell(client, without(client, before), true);
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        followers.disconnected(client, reason);
        tell(client, client.topics().selectors(), false);
    }

    /** What the one asks for and the other does not. */
    private static List<TopicSelector> without(Client one, Client other) {
        var selectors = new ArrayList<>(one.topics().selectors());
        selectors.removeAll(other.topics().selectors());
        return selectors;
    }

    /** Says of a client's subscriptions to these that they began, or ended. */
    private void tell(Client client, List<TopicSelector> selectors, boolean active) {
        if (followers.isNone()) {
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
