package dev.tidings.container.nodes;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators explain and erase events on whichever node they ask. */
class ExplainOnTwoNodesIT {

    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Nodes nodes;
    private static Container one;
    private static Container other;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();

    @BeforeAll
    static void start() {
        nodes = Nodes.start(ContainerKind.JETTY, ContainerKind.TOMCAT_11);
        one = nodes.node(1);
        other = nodes.node(2);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void streamsOfAUserOnBothNodesAreExplained() throws IOException {
        try (StreamRecorder here =
                        Streams.open(one.stream(Streams.events(topic)).with(Tokens.user(user)));
                StreamRecorder there =
                        Streams.open(other.stream(Streams.events("/other")).with(Tokens.user(user)))) {
            String id = Publisher.to(other).publish(topic, "x");
            here.next();
            for (Container asked : List.of(one, other)) {
                JsonNode json = JSON.readTree(send(asked, "GET", "/hub/explain?user=" + user + "&id=" + encode(id)));
                assertThat(json.path("streams").findValuesAsText("verdict"))
                        .containsExactly("delivered", "not asked for");
                assertThat(json.path("streams").findValuesAsText("node")).containsExactly("node-1", "node-2");
                JsonNode page =
                        JSON.readTree(send(asked, "GET", "/hub/explain?user=" + user + "&limit=1&topic=" + topic));
                assertThat(page.path("streams").findValuesAsText("node")).containsExactly("node-1");
            }
            there.cut();
        }
    }

    @Test
    void erasedEventIsOnNoNodeWhenTheAnswerIsThere() {
        String before = Publisher.to(one).publish(topic, "before");
        for (int n = 0; n < 10; n++) {
            Publisher.to(n % 2 == 0 ? one : other).post(Publisher.FORM, "msg=secret&to=" + user);
            assertThat(replay(other, before)).contains("secret");
            Container asked = n % 3 == 0 ? one : other;
            assertThat(send(asked, "DELETE", "/hub/events?user=" + user)).isEqualTo("{\"erased\":1}\n");
            for (Container node : List.of(one, other)) {
                assertThat(replay(node, before)).doesNotContain("secret").contains("event: gap");
            }
        }
        try (StreamRecorder live = Streams.open(other, topic)) {
            Publisher.to(one).publish(topic, "still");
            assertThat(live.next().data()).isEqualTo("still");
        }
    }

    @Test
    void nodeThatDoesNotAnswerMayStillHaveIt() {
        Publisher.to(one).post(Publisher.FORM, "msg=secret&to=" + user);
        other.pause();
        try {
            assertProblem(Site.send(one, "DELETE", "/hub/events?user=" + user, OPERATOR), 503, "node-2");
            assertProblem(Site.send(one, "GET", "/hub/explain?topic=/a&user=" + user, OPERATOR), 503, "node-2");
        } finally {
            other.resume();
        }
        assertThat(send(one, "DELETE", "/hub/events?user=" + user)).isEqualTo("{\"erased\":0}\n");
    }

    /** What the user is sent after an id, up to an event that is published then. */
    private String replay(Container node, String after) {
        String target = Streams.events("/users/" + user, topic);
        try (StreamRecorder stream =
                node.stream(target).with(Tokens.user(user)).after(after).open()) {
            String last = Fresh.id();
            Publisher.to(one).publish(topic, last);
            var sent = new StringBuilder();
            for (Block next = stream.next(); !last.equals(next.data()); next = stream.next()) {
                sent.append(String.join("\n", next.lines())).append("\n\n");
            }
            return sent.toString();
        }
    }

    private static String send(Container node, String method, String target) {
        Answer answer = Site.send(node, method, target, OPERATOR);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String encode(String text) {
        return Streams.encode(text);
    }
}
