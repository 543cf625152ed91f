package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;

/** The registry of a hub, as an operator asks for it. */
public final class Clients {

    /** The topics of what the registry tells. */
    public static final String ALL = "/clients/{id}";

    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();

    private Clients() {}

    /** The answer to an operator's request, below {@code /clients}. */
    public static Answer ask(Container hub, String method, String target) {
        return Site.send(hub, method, "/clients" + target, OPERATOR);
    }

    /** The entries of the list with this query, which begins with its question mark or is empty. */
    public static List<JsonNode> list(Container hub, String query) {
        Answer answer = ask(hub, "GET", query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var entries = new ArrayList<JsonNode>();
        answer.json().forEach(entries::add);
        return entries;
    }

    /** The entries of one user's clients. */
    public static List<JsonNode> of(Container hub, String user) {
        return list(hub, "?user=" + Streams.encode(user));
    }

    /** The ids of these entries. */
    public static List<String> ids(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("id").textValue()).toList();
    }

    /** The entry of the one client that this user has. */
    public static JsonNode only(Container hub, String user) {
        List<JsonNode> entries = of(hub, user);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    /** The id of the one client that this user has. */
    public static String idOf(Container hub, String user) {
        return only(hub, user).path("id").textValue();
    }

    /** Has an operator end this client. */
    public static int end(Container hub, String id) {
        return ask(hub, "DELETE", "/" + id).status();
    }

    /** A stream of this user's, its opening taken. */
    public static StreamRecorder open(Container hub, String user, String... topics) {
        return Streams.open(hub.stream(Streams.events(topics)).with(Tokens.user(user)));
    }

    /** A stream of what the registry tells an operator. */
    public static StreamRecorder follow(Container hub) {
        return Streams.open(hub, ALL);
    }

    /** What the next event of this type says of this user's client. */
    public static JsonNode next(StreamRecorder following, String type, String user) {
        while (true) {
            var event = following.next();
            JsonNode entry = Streams.json(event);
            if (event.type().equals(type) && entry.path("user").asText().equals(user)) {
                return entry;
            }
        }
    }

    /** Why this user's next client to leave did. */
    public static String reason(StreamRecorder following, String user) {
        return next(following, "client.disconnected", user).path("reason").asText();
    }
}
