package dev.tidings.http.clients;

import dev.tidings.event.TopicSelector;
import dev.tidings.hub.Peer;
import dev.tidings.hub.Subscriber;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client as operators see it in the registry, by the names of its JSON members. */
final class ClientJson {

    private ClientJson() {}

    /** @param node the name of the node it is connected to */
    static Map<String, Object> of(Subscriber subscriber, String node) {
        Peer peer = subscriber.subscription().peer();
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", subscriber.id());
        entry.put("user", peer.user());
        entry.put(
                "topics",
                subscriber.subscription().topics().selectors().stream()
                        .map(TopicSelector::text)
                        .toList());
        entry.put("address", peer.address());
        entry.put("userAgent", peer.userAgent());
        entry.put("transport", peer.transport());
        entry.put("connectedAt", subscriber.connectedAt().toString());
        entry.put("lastEventId", subscriber.told().toString());
        entry.put("delivered", subscriber.delivered());
        entry.put("queued", subscriber.queued());
        entry.put("state", subscriber.replaying() ? "replaying" : "live");
        entry.put("node", node);
        return entry;
    }
}
