package dev.tidings.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientPage;
import dev.tidings.hub.Explanation;
import dev.tidings.hub.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node answers to a question.
 *
 * @param from the node that answers
 * @param page the clients that were asked for
 * @param explained why clients got an event, or did not
 * @param number how many clients it has counted or ended
 * @param counts how many clients ask for each of some topics, or by each of some selectors
 */
record Answer(String from, ClientPage page, int number, Explanation.Page explained, Map<String, Integer> counts) {

    private static final Explanation.Page NOTHING = new Explanation.Page(List.of(), false);

    /** One that explains nothing. */
    Answer(String from, ClientPage page, int number) {
        this(from, page, number, NOTHING);
    }

    /** One that counts nothing by topic. */
    Answer(String from, ClientPage page, int number, Explanation.Page explained) {
        this(from, page, number, explained, Map.of());
    }

    /** One that counts. */
    static Answer counting(String from, Map<String, Integer> counts) {
        return new Answer(from, NOBODY, 0, NOTHING, counts);
    }

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
        ArrayNode streams = json.putArray("explained");
        explained.explanations().forEach(one -> streams.add(json(one)));
        json.put("moreExplained", explained.more());
        if (!counts.isEmpty()) {
            counts.forEach(json.putObject("counts")::put);
        }
        return json;
    }

    /** @throws IllegalArgumentException if it is no answer of this version */
    static Answer read(JsonNode json) {
        var clients = new ArrayList<Client>();
        json.path("clients").forEach(client -> clients.add(ClientCodec.decode(client.asText())));
        var explained = new ArrayList<Explanation>();
        json.path("explained").forEach(one -> explained.add(explanation(one)));
        var counts = new LinkedHashMap<String, Integer>();
        json.path("counts")
                .properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asInt()));
        return new Answer(
                NodeMessage.text(json, "from"),
                new ClientPage(clients, json.path("more").asBoolean()),
                json.path("number").asInt(),
                new Explanation.Page(explained, json.path("moreExplained").asBoolean()),
                counts);
    }

    private static ObjectNode json(Explanation one) {
        ObjectNode json = NodeMessage.empty();
        json.put("client", one.client());
        json.put("connectedAt", one.connectedAt().toString());
        json.put("node", one.node());
        one.asked().forEach(json.putArray("asked")::add);
        one.granted().forEach(json.putArray("granted")::add);
        json.put("verdict", one.verdict().name());
        json.put("before", one.before());
        json.put("why", one.why());
        return json;
    }

    private static Explanation explanation(JsonNode json) {
        try {
            return new Explanation(
                    NodeMessage.text(json, "client"),
                    Instant.parse(NodeMessage.text(json, "connectedAt")),
                    NodeMessage.text(json, "node"),
                    NodeMessage.texts(json, "asked"),
                    NodeMessage.texts(json, "granted"),
                    Verdict.valueOf(NodeMessage.text(json, "verdict")),
                    json.path("before").asInt(),
                    NodeMessage.text(json, "why"));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("connectedAt is no time", noTime);
        }
    }
}
