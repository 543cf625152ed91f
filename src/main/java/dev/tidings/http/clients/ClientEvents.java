package dev.tidings.http.clients;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.TopicInterest;
import java.util.Map;

/**
 * Tells operators which clients come and go: passing events of the types {@code client.connected} and
 * {@code client.disconnected} on the topic {@code /clients/{id}}, private, with the client's entry as
 * JSON, for grants that name it. No event is published while no subscriber could get it.
 *
 * <p>They go to the hub itself and not to its publishers' service: they are in the order of the changes, so the hub's
 * lock is held, and nothing may wait or be refused there.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says.
 */
public final class ClientEvents implements SubscriberListener {

    /** Below it are the topics of these events. */
    public static final String PREFIX = ClientTopics.PREFIX;

    private final Hub hub;
    private final TopicInterest interest;

    /**
     * @param hub passes what is told
     * @param interest that in the topics below {@link #PREFIX}
     */
    public ClientEvents(Hub hub, TopicInterest interest) {
        this.hub = hub;
        this.interest = interest;
    }

    @Override
    public void connected(Client client) {
        if (!interest.isNone()) {
            pass(client, "client.connected", ClientJson.of(client));
        }
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
        if (interest.isNone()) {
            return;
        }
        Map<String, Object> entry = ClientJson.of(client);
        entry.put("reason", reason.toString());
        pass(client, "client.disconnected", entry);
    }

    private void pass(Client client, String type, Map<String, Object> entry) {
        hub.pass(new PublishRequest(ClientTopics.of(client.id()), type, Json.text(entry), null, null, true));
    }
}
