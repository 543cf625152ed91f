package dev.tidings.http.clients;

import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.JsonMembers;
import dev.tidings.hub.Client;
import dev.tidings.hub.Peer;
import dev.tidings.hub.SubscriberState;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client as operators see it in the registry, by the names of its JSON members. */
final class ClientJson {

    private ClientJson() {}

    static Map<String, Object> of(Client client) {
        Peer peer = client.peer();
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", client.id());
        entry.put("user", peer.user());
        entry.put(
                "topics",
                client.topics().selectors().stream().map(TopicSelector::text).toList());
        entry.put("address", peer.address());
        entry.put("userAgent", peer.userAgent());
        entry.put("transport", peer.transport());
        entry.put("connectedAt", JsonMembers.time(client.connectedAt()));
        entry.put("lastEventId", client.lastEventId().toString());
        entry.put("delivered", client.delivered());
        entry.put("queued", client.queued());
        entry.put("behind", client.behind());
        entry.put("state", client.state() == SubscriberState.REPLAYING ? "replaying" : "live");
        entry.put("node", client.node());
        return entry;
    }
}
