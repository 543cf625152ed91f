package dev.tidings.http.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.TopicInterest;
import java.util.Map;

/**
 * Tells operators who comes and goes: passing events of the types {@code client.connected} and
 * {@code client.disconnected} on the topic {@code /clients/{id}}, private, with the client's entry as
 * JSON, for grants that name it. Nothing is said while nobody is subscribed who could hear it.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says.
 */
public final class ClientEvents implements SubscriberListener {

    private static final ObjectMapper JSON = new ObjectMapper();

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
        hub.pass(new PublishRequest(ClientTopics.of(client.id()), type, json(entry), null, null, true));
    }

    private static String json(Map<String, Object> entry) {
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
