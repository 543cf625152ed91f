package dev.tidings.registry;

import static dev.tidings.registry.NodeMessage.text;
import static dev.tidings.registry.NodeMessage.textOrNull;
import static dev.tidings.registry.NodeMessage.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.ExplainedEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one node asks all others, or has them do.
 *
 * @param id names the list for the answers
 * @param from the node that asks; it does not answer itself
 * @param kind what is asked
 * @param filter of a list, or of many to count or to end
 * @param client the one that is looked for, or is to end; of a list the one after which it goes on; of a revocation the news; what selectors contain
 * @param limit the most clients of a list
 * @param reason why clients end
 * @param event the one that is to be explained
 * @param topics those of which is asked how many clients ask for them
 */
record Question(
        String id,
        String from,
        Kind kind,
        ClientFilter filter,
        @Nullable String client,
        int limit,
        @Nullable DisconnectReason reason,
        @Nullable ExplainedEvent event,
        List<String> topics) {

    /** One that is about no event. */
    private Question(
            String id,
            String from,
            Kind kind,
            ClientFilter filter,
            @Nullable String client,
            int limit,
            @Nullable DisconnectReason reason) {
        this(id, from, kind, filter, client, limit, reason, null, List.of());
    }

    /** What is asked. */
    enum Kind {
        LIST,
        FIND,
        COUNT,
        /** How many clients ask for each of some topics. */
        ASKING,
        /** By which selectors clients ask. */
        SELECTORS,
        /** Why the clients that the filter means got an event, or did not. */
        EXPLAIN,
        END,
        END_ALL,
        /** Operators follow at the node that asks, from now on. */
        FOLLOW,
        /** They do so no more; nobody answers. */
        LEAVE,
        /** Whether a node has come so far with what it is told. */
        HEAR,
        /** The node that the filter names is to drain. */
        DRAIN,
        /** A revocation counts from now on. */
        REVOKE,
        /** A revocation counts no more. */
        WITHDRAW
    }

    /** A name for another question. */
    static String newId() {
        return UUID.randomUUID().toString();
    }

    static Question list(String id, String from, ClientFilter filter, @Nullable String after, int limit) {
        return new Question(id, from, Kind.LIST, filter, after, limit, null);
    }

    static Question find(String id, String from, String client) {
        return new Question(id, from, Kind.FIND, ClientFilter.ALL, client, 1, null);
    }

    static Question count(String id, String from, ClientFilter filter) {
        return new Question(id, from, Kind.COUNT, filter, null, 1, null);
    }

    static Question explain(
            String id, String from, ExplainedEvent event, String user, @Nullable String after, int limit) {
        return new Question(id, from, Kind.EXPLAIN, ClientFilter.ofUser(user), after, limit, null, event, List.of());
    }

    static Question asking(String id, String from, List<String> topics) {
        return new Question(id, from, Kind.ASKING, ClientFilter.ALL, null, 1, null, null, topics);
    }

    static Question selectors(String id, String from, String part) {
        return new Question(id, from, Kind.SELECTORS, ClientFilter.ALL, part, 1, null);
    }

    static Question end(String id, String from, String client, DisconnectReason reason) {
        return new Question(id, from, Kind.END, ClientFilter.ALL, client, 1, reason);
    }

    static Question endAll(String id, String from, ClientFilter filter, DisconnectReason reason) {
        return new Question(id, from, Kind.END_ALL, filter, null, 1, reason);
    }

    static Question follow(String id, String from) {
        return new Question(id, from, Kind.FOLLOW, ClientFilter.ALL, null, 1, null);
    }

    static Question leave(String id, String from) {
        return new Question(id, from, Kind.LEAVE, ClientFilter.ALL, null, 1, null);
    }

    static Question hear(String id, String from) {
        return new Question(id, from, Kind.HEAR, ClientFilter.ALL, null, 1, null);
    }

    static Question drain(String id, String from, String node) {
        return new Question(id, from, Kind.DRAIN, new ClientFilter(null, null, node), null, 1, null);
    }

    static Question revoke(String id, String from, String news) {
        return new Question(id, from, Kind.REVOKE, ClientFilter.ALL, news, 1, null);
    }

    static Question withdraw(String id, String from, String news) {
        return new Question(id, from, Kind.WITHDRAW, ClientFilter.ALL, news, 1, null);
    }

    /** Whether it tells of a revocation. */
    boolean isOfRevocations() {
        return kind == Kind.REVOKE || kind == Kind.WITHDRAW;
    }

    /** Whether the answer takes long, since it compares many topics with many selectors. */
    boolean isSlow() {
        return kind == Kind.ASKING || kind == Kind.SELECTORS;
    }

    /** Its JSON. */
    ObjectNode json() {
        ObjectNode json = NodeMessage.empty();
        json.put("id", id);
        json.put("from", from);
        json.put("kind", kind.name());
        json.put("user", filter.user());
        json.put("topic", filter.topic());
        json.put("node", filter.node());
        json.put("client", client);
        json.put("limit", limit);
        json.put("reason", reason == null ? null : reason.name());
        if (event != null) {
            ObjectNode explained = json.putObject("event");
            event.topics().forEach(explained.putArray("topics")::add);
            explained.put("private", event.isPrivate());
            explained.put("sequence", event.sequence());
        }
        if (!topics.isEmpty()) {
            topics.forEach(json.putArray("topics")::add);
        }
        return json;
    }

    /** @throws IllegalArgumentException if it is no question of this version */
    static Question read(JsonNode json) {
        String reason = textOrNull(json, "reason");
        return new Question(
                text(json, "id"),
                text(json, "from"),
                Kind.valueOf(text(json, "kind")),
                new ClientFilter(textOrNull(json, "user"), textOrNull(json, "topic"), textOrNull(json, "node")),
                textOrNull(json, "client"),
                json.path("limit").asInt(1),
                reason == null ? null : DisconnectReason.valueOf(reason),
                json.has("event") ? event(json.path("event")) : null,
                texts(json, "topics"));
    }

    private static ExplainedEvent event(JsonNode json) {
        List<String> topics = texts(json, "topics");
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("what another node asks about has no topic");
        }
        JsonNode sequence = json.path("sequence");
        return new ExplainedEvent(
                topics, json.path("private").asBoolean(), sequence.isIntegralNumber() ? sequence.asLong() : null);
    }
}
