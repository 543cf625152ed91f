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

    private final TopicInterest followers = new TopicInterest(ClientTopics.PREFIX, ClientTopics.PATH);
    private final Hub hub;

    /** @param hub passes what is told */
    public ClientEvents(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void connected(Client client) {
        followers.connected(client);
        if (!followers.isNone()) {
            pass(client, "client.connected", ClientJson.of(client));
        }
    }

    @Override
    public void changed(Client client, Client before) {
        followers.changed(client, before);
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        followers.disconnected(client, reason);
        if (followers.isNone()) {
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
