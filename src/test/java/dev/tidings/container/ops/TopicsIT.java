package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which topics are active, and who asks for them, for operators. */
@EveryContainer(kinds = ContainerKind.JETTY)
class TopicsIT {

    private static final Tokens OPERATOR = Tokens.grant("root", List.of("/hub/{+any}"), List.of("/hub/{+any}"));

    /** Where the next page is. */
    private static final String BEHIND = "<([^>]*)>; rel=\"next\"";

    private final String topic = Fresh.topic();
    private final Container hub;

    TopicsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void topicIsListedWithWhatGoesOn() {
        Publisher.to(hub).publish(topic + "/a", "1");
        String newest = Publisher.to(hub).publish(topic + "/a", "2");
        Publisher.to(hub).publish(topic + "/b", "1");
        try (StreamRecorder exact = Streams.open(hub, topic + "/a");
                StreamRecorder template = Streams.open(hub, topic + "/{x}")) {
            JsonNode answer = ask("?q=" + Streams.encode(topic)).json();
            assertThat(names(answer.path("topics"), "topic")).containsExactly(topic + "/b", topic + "/a");
            JsonNode a = answer.path("topics").path(1);
            assertThat(a.path("stored").asLong()).isEqualTo(2);
            assertThat(a.path("streams").asInt()).isEqualTo(2);
            assertThat(a.path("rate").asDouble()).isEqualTo(0.033);
            assertThat(a.path("id").asText()).isEqualTo(newest);
            assertThat(Instant.parse(a.path("time").asText())).isBefore(Instant.now());
            assertThat(answer.path("found").asInt()).isEqualTo(2);
            assertThat(answer.path("active").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(answer.path("unread").asInt()).isZero();
            assertThat(exact.hasEnded()).isFalse();
            assertThat(template.hasEnded()).isFalse();
        }
    }

    @Test
    void selectorsOfOpenStreamsAreListedWithWhatTheyMatch() {
        Publisher.to(hub).publish(topic + "/a", "1");
        String newest = Publisher.to(hub).publish(topic + "/b", "2");
        try (StreamRecorder one = Streams.open(hub, topic + "/{x}");
                StreamRecorder other = Streams.open(hub, topic + "/{x}");
                StreamRecorder third = Streams.open(hub, topic)) {
            JsonNode all = ask("?by=selector&q=" + Streams.encode(topic)).json().path("selectors");
            assertThat(names(all, "selector")).containsExactly(topic + "/{x}", topic);
            assertThat(all.path(0).path("streams").asInt()).isEqualTo(2);
            assertThat(all.path(0).path("topics").asInt()).isEqualTo(2);
            assertThat(all.path(0).path("stored").asInt()).isEqualTo(2);
            assertThat(all.path(0).path("id").asText()).isEqualTo(newest);
            assertThat(all.path(1).path("stored").asInt()).isZero();
            assertThat(all.path(1).path("id").isNull()).isTrue();
            assertThat(List.of(one, other, third)).noneMatch(StreamRecorder::hasEnded);
        }
    }

    @Test
    void pagesFollowEachOtherInEachOrder() {
        for (String name : List.of("c", "a", "b", "b")) {
            Publisher.to(hub).publish(topic + "/" + name, name);
        }
        String part = "q=" + Streams.encode(topic) + "&limit=2&sort=";
        assertThat(walk(part + "newest")).containsExactly("/b", "/a", "/c");
        assertThat(walk(part + "stored")).containsExactly("/b", "/a", "/c");
        assertThat(walk(part + "rate")).containsExactly("/b", "/a", "/c");
        assertThat(walk(part + "topic")).containsExactly("/a", "/b", "/c");
    }

    @Test
    void onlyAnOperatorReadsAndOnlyWhatThereIs() {
        String target = "/hub/topics";
        assertProblem(Site.send(hub, "GET", target), 401);
        assertProblem(Site.send(hub, "GET", target, header(Tokens.anyone())), 403, "/hub/topics");
        Tokens everything = Tokens.grant("eve", List.of("*"), List.of("*", "/hub/nodes"));
        assertProblem(Site.send(hub, "GET", target, header(everything)), 403, "/hub/topics");
        assertProblem(Site.send(hub, "GET", target + "?by=x", header(OPERATOR)), 400, "by", "topic, selector");
        assertProblem(Site.send(hub, "GET", target + "?sort=x", header(OPERATOR)), 400, "sort");
        assertProblem(Site.send(hub, "GET", target + "?limit=0", header(OPERATOR)), 400, "limit");
        assertProblem(Site.send(hub, "GET", target + "?after=none", header(OPERATOR)), 400, "after");
        assertProblem(Site.send(hub, "POST", target, header(OPERATOR)), 405);
    }

    @Test
    void erasedEventsAreNotCounted() {
        String user = Fresh.user();
        Publisher.to(hub).publish("/users/" + user, "secret");
        assertThat(ask("?q=" + user).json().path("found").asInt()).isEqualTo(1);
        assertThat(Site.send(hub, "DELETE", "/hub/events?user=" + user, header(OPERATOR))
                        .status())
                .isEqualTo(200);
        assertThat(ask("?q=" + user).json().path("found").asInt()).isZero();
    }

    /** The last parts of the topics of all pages. */
    private List<String> walk(String query) {
        var all = new ArrayList<String>();
        String next = "?" + query;
        while (next != null) {
            Answer page = ask(next);
            names(page.json().path("topics"), "topic").forEach(name -> all.add(name.substring(topic.length())));
            String link = page.header("Link");
            next = link.isEmpty() ? null : link.replaceFirst(BEHIND, "$1");
        }
        return all;
    }

    private Answer ask(String query) {
        Answer answer = Site.send(hub, "GET", "/hub/topics" + query, header(OPERATOR));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<String> names(JsonNode list, String name) {
        var names = new ArrayList<String>();
        list.forEach(one -> names.add(one.path(name).asText()));
        return names;
    }

    private static String header(Tokens token) {
        return "Authorization: " + token.bearer();
    }
}
