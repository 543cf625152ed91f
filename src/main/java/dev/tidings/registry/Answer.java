package dev.tidings.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientPage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node answers to a question.
 *
 * @param from the node that answers
 * @param page the clients that were asked for
 * @param number how many clients it has counted or ended
 */
record Answer(String from, ClientPage page, int number) {

    /** The page of whoever has no client to show. */
    static final ClientPage NOBODY = new ClientPage(List.of(), false);

    /** Its JSON. */
    ObjectNode json() {
        ObjectNode json = NodeMessage.empty();
        json.put("from", from);
        ArrayNode clients = json.putArray("clients");
        page.clients().forEach(client -> clients.add(ClientCodec.encode(client)));
        json.put("more", page.more());
        json.put("number", number);
        return json;
    }

    /** @throws IllegalArgumentException if it is no answer of this version */
    static Answer read(JsonNode json) {
        var clients = new ArrayList<Client>();
        json.path("clients").forEach(client -> clients.add(ClientCodec.decode(client.asText())));
        return new Answer(
                NodeMessage.text(json, "from"),
                new ClientPage(clients, json.path("more").asBoolean()),
                json.path("number").asInt());
    }
}
