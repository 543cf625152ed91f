package dev.tidings.http.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.Topic;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Followers;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.Subscription;
import java.util.List;
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

    /** Below it is a topic for each client. */
    private static final String PREFIX = ClientsServlet.PATH + "/";

    private final Followers followers = new Followers(PREFIX, ClientsServlet.PATH);
    private final Hub hub;
    private final String node;

    /** @param node the name that this node bears in the registry */
    public ClientEvents(Hub hub, String node) {
        this.hub = hub;
        this.node = node;
    }

    /**
     * The topics of one client: its path in the registry, with the id percent-encoded as a template would, and then as
     * it is. A selector may name it either way.
     */
    static List<String> topics(String clientId) {
        return List.of(PREFIX + Topic.percentEncode(clientId), PREFIX + clientId);
    }

    @Override
    public void connected(Subscriber subscriber) {
        followers.connected(subscriber);
        if (!followers.areNone()) {
            pass(subscriber, "client.connected", ClientJson.of(subscriber, node));
        }
    }

    @Override
    public void changed(Subscriber subscriber, Subscription before) {
        followers.changed(subscriber, before);
    }

    @Override
    public void disconnected(Subscriber subscriber, DisconnectReason reason) {
        followers.disconnected(subscriber, reason);
        if (followers.areNone()) {
            return;
        }
        Map<String, Object> entry = ClientJson.of(subscriber, node);
        entry.put("reason", reason.toString());
        pass(subscriber, "client.disconnected", entry);
    }

    private void pass(Subscriber subscriber, String type, Map<String, Object> entry) {
        hub.pass(new PublishRequest(topics(subscriber.id()), type, json(entry), null, null, true));
    }

    private static String json(Map<String, Object> entry) {
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
