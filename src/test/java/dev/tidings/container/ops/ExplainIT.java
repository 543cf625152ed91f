package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Revoking;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why a user got an event, or did not, on every kind of stream. */
@ConfiguredHub
class ExplainIT {

    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ExplainIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void eachStreamOfAUserIsExplained() throws IOException {
        try (StreamRecorder mine =
                        Streams.open(hub.stream(Streams.events(topic)).with(Tokens.user(user)));
                StreamRecorder other =
                        Streams.open(hub.stream(Streams.events("/other")).with(Tokens.user(user)));
                SocketClient socket = SocketClient.open(hub, "/ws?topic=" + topic, Tokens.user(user))) {
            socket.next("welcome");
            String id = Publisher.to(hub).publish(topic, "the data");
            mine.next();
            socket.next("event");
            Answer answer = ask("?user=" + user + "&id=" + Streams.encode(id));
            assertThat(answer.body()).doesNotContain("the data").endsWith("}\n");
            JsonNode json = JSON.readTree(answer.body());
            assertThat(json.path("user").asText()).isEqualTo(user);
            assertThat(json.path("event").path("id").asText()).isEqualTo(id);
            assertThat(json.path("event").path("topics").path(0).asText()).isEqualTo(topic);
            assertThat(json.path("event").path("private").isBoolean()).isTrue();
            assertThat(json.path("event").path("time").asText()).endsWith("Z");
            assertThat(json.path("streams").findValuesAsText("verdict"))
                    .containsExactly("delivered", "not asked for", "delivered");
            JsonNode first = json.path("streams").path(0);
            assertThat(first.path("node").asText()).isEqualTo("node-7");
            assertThat(first.path("asked").path(0).asText()).isEqualTo(topic);
            assertThat(first.path("client").asText()).startsWith("urn:uuid:");
            assertThat(first.path("connectedAt").asText()).endsWith("Z");
            assertThat(json.has("withoutStream")).isFalse();
            other.cut();
        }
    }

    @Test
    void privateEventOfAnotherIsNotGranted() throws IOException {
        try (StreamRecorder mine = Streams.open(hub.stream("/events?topic=*").with(Tokens.user(user)))) {
            Answer published = Publisher.to(hub).post(Publisher.FORM, "msg=x&to=" + Fresh.user());
            String id = JSON.readTree(published.body()).path("id").asText();
            JsonNode json = JSON.readTree(
                    ask("?user=" + user + "&id=" + Streams.encode(id)).body());
            assertThat(json.path("streams").findValuesAsText("verdict")).containsExactly("not granted");
            mine.cut();
        }
    }

    @Test
    void userWithoutAStreamIsToldOfTheDefaultGrant() throws IOException {
        JsonNode own = withoutStream("&topic=/users/" + user);
        assertThat(own.path("readable").asBoolean()).isTrue();
        assertThat(own.path("subscribe").path(0).asText()).isEqualTo("/users/" + user);
        assertThat(own.path("granted")).hasSize(1);
        assertThat(withoutStream("&topic=" + topic + "&private")
                        .path("readable")
                        .asBoolean())
                .isFalse();
        JsonNode open = withoutStream("&topic=" + topic + "&private=off");
        assertThat(open.path("readable").asBoolean()).isTrue();
        assertThat(open.path("why").asText()).contains("if the stream asks for");
    }

    @Test
    void userWhoseTokensAreRevokedIsSaidToBe() throws IOException {
        String asked = "?user=" + user + "&topic=/users/" + user;
        assertThat(ask(asked).json().path("revokedBefore").isNull()).isTrue();
        String before = Revoking.revoke(hub, "user=" + user).path("before").textValue();
        JsonNode json = ask(asked).json();
        assertThat(Instant.parse(json.path("revokedBefore").textValue())).isEqualTo(Instant.parse(before));
        assertThat(json.path("withoutStream").path("why").textValue()).contains("issued at ", "revoked");
    }

    @Test
    void topicThatIsNobodysInboxIsSaidToBe() {
        JsonNode event =
                ask("?user=" + user + "&topic=/users/a@example.com").json().path("event");
        assertThat(event.path("hint").textValue()).contains("/users/a%40example.com");
    }

    @Test
    void streamsOfAUserAreExplainedPageByPage() throws IOException {
        try (StreamRecorder first =
                        Streams.open(hub.stream(Streams.events(topic)).with(Tokens.user(user)));
                StreamRecorder second =
                        Streams.open(hub.stream(Streams.events(topic)).with(Tokens.user(user)))) {
            Answer page = ask("?user=" + user + "&topic=" + topic + "&limit=1");
            String link = page.header("Link");
            assertThat(link).endsWith("; rel=\"next\"");
            JsonNode next =
                    JSON.readTree(ask(link.substring(1, link.indexOf('>'))).body());
            assertThat(next.path("streams")).hasSize(1);
            assertThat(next.path("streams").path(0).path("client"))
                    .isNotEqualTo(
                            JSON.readTree(page.body()).path("streams").path(0).path("client"));
            first.cut();
            second.cut();
        }
    }

    @Test
    void onlyAnOperatorIsAnsweredAndOnlyWhatIsAsked() {
        String good = "/hub/explain?user=" + user + "&topic=" + topic;
        assertProblem(Requests.get(hub, good), 401);
        assertProblem(Requests.get(hub, good, bearer(Tokens.user(user))), 403, "/hub");
        assertProblem(Requests.get(hub, good, bearer(Tokens.grant("a", List.of("*"), List.of("*")))), 403, "/hub");
        assertProblem(
                Requests.get(hub, good, bearer(Tokens.grant("a", List.of("/hub/{+any}"), List.of()))), 403, "/hub");
        assertProblem(Site.send(hub, "POST", good, OPERATOR), 405);
        assertProblem(Requests.get(hub, "/hub/explain?user=" + user + "&id=unknown", OPERATOR), 404);
        for (String query : List.of(
                "",
                "?user=" + user,
                "?topic=" + topic,
                "?user=" + user + "&id=x&topic=" + topic,
                "?user=" + user + "&id=x&private=true",
                "?user=" + user + "&user=other&id=x",
                "?user=&id=x",
                "?user=" + user + "&id=",
                "?user=" + user + "&topic=" + topic + "&private=maybe",
                "?user=" + user + "&topic=" + topic + "&limit=1001",
                "?user=" + user + "&topic=" + topic + "&after=x",
                "?user=" + user + "&topics=" + topic)) {
            assertProblem(Requests.get(hub, "/hub/explain" + query, OPERATOR), 400);
        }
    }

    private JsonNode withoutStream(String query) throws IOException {
        JsonNode json = JSON.readTree(ask("?user=" + user + query).body());
        assertThat(json.path("streams")).isEmpty();
        return json.path("withoutStream");
    }

    private Answer ask(String query) {
        Answer answer = Requests.get(hub, "/hub/explain" + query, OPERATOR);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String bearer(Tokens token) {
        return "Authorization: " + token.bearer();
    }
}
