package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two nodes of one hub, as their clients and operators see them: it makes no difference which one is asked. Over 300 lines, since
 * all facts share the two nodes.
 */
class TwoNodesIT {

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
    void whatIsPublishedOnOneNodeArrivesOnBothInOneOrder() {
        try (StreamRecorder here = Streams.open(one, topic);
                StreamRecorder there = Streams.open(other, topic)) {
            for (int n = 1; n <= 20; n++) {
                Publisher.to(n % 2 == 0 ? one : other).publish(topic, Integer.toString(n));
            }
            List<String> all =
                    IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList();
            assertThat(Streams.data(here, 20)).isEqualTo(all);
            assertThat(Streams.data(there, 20)).isEqualTo(all);
        }
    }

    @Test
    void traceReachesReadersOnTheOtherNodeLiveAndFromHistory() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String target = Streams.events(topic) + "&frame=json";
        String before = Publisher.to(one).publish(topic, "1");
        try (StreamRecorder live = Streams.open(other.stream(target).with(Tokens.operator()))) {
            Answer published = Site.send(
                    one,
                    "GET",
                    "/msg?msg=2&topic=" + topic,
                    "Authorization: " + Tokens.operator().bearer(),
                    "traceparent: " + trace);
            assertThat(published.status()).as(published.body()).isEqualTo(201);
            assertThat(Streams.json(live.next()).path("traceparent").asText()).isEqualTo(trace);
        }
        try (StreamRecorder back =
                Streams.open(other.stream(target).with(Tokens.operator()).after(before))) {
            assertThat(Streams.json(back.next()).path("traceparent").asText()).isEqualTo(trace);
        }
    }

    @Test
    void whoComesBackToAnotherNodeGetsWhatItMissed() {
        String seen = Publisher.to(one).publish(topic, "1");
        Publisher.to(one).publish(topic, "2");
        Publisher.to(other).publish(topic, "3");
        String target = Streams.events(topic) + "&lastEventID=" + Streams.encode(seen);
        try (StreamRecorder back = Streams.open(other.stream(target).with(Tokens.anyone()))) {
            assertThat(Streams.data(back, 2)).containsExactly("2", "3");
        }
    }

    @Test
    void idOfAPublisherIsKnownOnAnotherNode() {
        String id = Fresh.id();
        Answer published = Publisher.to(one).post(Publisher.FORM, "msg=1&topic=" + topic + "&id=" + id);
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        Publisher.to(one).publish(topic, "2");
        String target = Streams.events(topic) + "&lastEventID=" + id;
        try (StreamRecorder back = Streams.open(other.stream(target).with(Tokens.anyone()))) {
            assertThat(Streams.data(back, 1)).containsExactly("2");
        }
    }

    @Test
    void streamBeginsWithTheNewestOfEachTopicWhicheverNodeTookThem() {
        for (String text : List.of("a1", "b1", "a2", "c1")) {
            Publisher.to(text.charAt(1) == '1' ? one : other).publish(topic + "/" + text.charAt(0), text);
        }
        String selector = "?topic=" + Streams.encode(topic + "/{x}");
        for (Container node : List.of(one, other)) {
            try (StreamRecorder stream = Streams.open(node.stream("/events" + selector + "&latest=true&caught-up=true")
                            .with(Tokens.operator()));
                    StreamRecorder last = Streams.open(
                            node.stream("/events" + selector + "&last=2").with(Tokens.operator()));
                    StreamRecorder since = Streams.open(
                            node.stream("/events" + selector + "&since=1h").with(Tokens.operator()))) {
                assertThat(Streams.data(stream, 3)).containsExactly("b1", "a2", "c1");
                assertThat(stream.next().type()).isEqualTo("caught-up");
                assertThat(Streams.data(last, 2)).containsExactly("a2", "c1");
                assertThat(Streams.data(since, 4)).containsExactly("a1", "b1", "a2", "c1");
            }
        }
    }

    @Test
    void whoReadsOnceGoesOnAtWhicheverNode() {
        String json = "Accept: application/json";
        String token = "Authorization: " + Tokens.operator().bearer();
        String target = Streams.events(topic);
        String position = Site.send(one, "GET", target, token, json)
                .json()
                .path("lastEventId")
                .asText();
        for (int n = 1; n <= 6; n++) {
            String from = target + "&wait=30s&lastEventID=" + position;
            Container node = n % 2 == 0 ? one : other;
            CompletableFuture<Answer> answer =
                    CompletableFuture.supplyAsync(() -> Site.send(node, "GET", from, token, json));
            Publisher.to(one).publish(topic, Integer.toString(n));
            JsonNode read = Eventually.value(answer).json();
            assertThat(read.path("events")).hasSize(1);
            assertThat(read.path("events").get(0).path("data").asText()).isEqualTo(Integer.toString(n));
            position = read.path("lastEventId").asText();
        }
    }

    @Test
    void keyMeansOnePublishWhicheverNodeIsAsked() {
        String key = "Idempotency-Key: " + Fresh.id();
        String token =
                "Authorization: " + Tokens.grant(user, List.of("*"), List.of()).bearer();
        String target = "/msg?topic=" + topic + "&msg=once";
        Answer first = Site.send(one, "GET", target, token, key);
        Answer second = Site.send(other, "GET", target, token, key);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        Answer reused = Site.send(other, "GET", target + "more", token, key);
        assertThat(reused.status()).as(reused.body()).isEqualTo(422);
    }

    @Test
    void clientsOfAllNodesAreListedInOneOrderOnEachNode() {
        var streams = new ArrayList<StreamRecorder>();
        try {
            for (int n = 0; n < 6; n++) {
                streams.add(Clients.open(n % 2 == 0 ? one : other, user, topic));
            }
            List<JsonNode> here = Clients.of(one, user);
            List<JsonNode> there = Clients.of(other, user);
            assertThat(here).hasSize(6);
            assertThat(Clients.ids(here)).isSorted().isEqualTo(Clients.ids(there));
            assertThat(here).extracting(entry -> entry.path("node").asText()).containsOnly("node-1", "node-2");
            assertThat(Clients.list(other, "?user=" + user + "&node=node-1")).hasSize(3);
            assertThat(Clients.list(one, "?user=" + user + "&limit=4")).hasSize(4);
            String fourth = Clients.ids(here).get(3);
            assertThat(Clients.ids(Clients.list(other, "?user=" + user + "&limit=4&after=" + fourth)))
                    .isEqualTo(Clients.ids(here).subList(4, 6));
        } finally {
            streams.forEach(StreamRecorder::close);
        }
    }

    @Test
    void figuresOfAClientOnAnotherNodeAreThoseOfNow() {
        try (StreamRecorder stream = Clients.open(one, user, topic)) {
            String id = Publisher.to(one).publish(topic, "1");
            stream.next();
            JsonNode entry = Clients.only(other, user);
            assertThat(entry.path("delivered").asInt()).isEqualTo(1);
            assertThat(entry.path("lastEventId").asText()).isEqualTo(id);
        }
    }

    @Test
    void nodesOfTheHubAreListedOnEachWithTheirFigures() {
        String operator = "Authorization: "
                + Tokens.grant("root", List.of(), List.of("/hub/{+any}")).bearer();
        for (Container asked : List.of(one, other)) {
            Eventually.passes(() -> {
                JsonNode list = Site.send(asked, "GET", "/hub/nodes", operator).json();
                assertThat(list).hasSize(2);
                assertThat(list).allSatisfy(node -> {
                    assertThat(node.path("state").asText()).isEqualTo("ready");
                    assertThat(node.path("figures")).isNotEmpty();
                });
            });
            JsonNode there =
                    Site.send(asked, "GET", "/hub/nodes/node-2", operator).json();
            assertThat(there.path("here").asBoolean()).isEqualTo(asked == other);
        }
    }

    @Test
    void topicIsCountedOverAllNodesAndForgottenOnAllWhenItsEventsAreErased() {
        String operator = "Authorization: "
                + Tokens.grant("root", List.of("/hub/{+any}"), List.of("/hub/{+any}"))
                        .bearer();
        String inbox = "/users/" + user;
        Publisher.to(one).publish(inbox, "1");
        Publisher.to(other).publish(inbox, "2");
        try (StreamRecorder here = Clients.open(one, user, inbox);
                StreamRecorder there = Clients.open(other, user, inbox)) {
            for (Container asked : List.of(one, other)) {
                JsonNode topics = Site.send(asked, "GET", "/hub/topics?q=" + user, operator)
                        .json()
                        .path("topics");
                assertThat(topics).hasSize(1);
                assertThat(topics.path(0).path("stored").asInt()).isEqualTo(2);
                assertThat(topics.path(0).path("streams").asInt()).isEqualTo(2);
            }
            Site.send(one, "DELETE", "/hub/events?user=" + user, operator);
            for (Container asked : List.of(one, other)) {
                assertThat(Site.send(asked, "GET", "/hub/topics?q=" + user, operator)
                                .json()
                                .path("found")
                                .asInt())
                        .isZero();
            }
            assertThat(List.of(here, there)).noneMatch(StreamRecorder::hasEnded);
        }
    }

    @Test
    void figuresOfAllNodesComeEachSecondToWhoeverFollowsOnOne() {
        Tokens operator = Tokens.grant("root", List.of(), List.of("/hub/{+any}"));
        try (StreamRecorder following =
                Streams.open(one.stream(Streams.events("/hub/nodes/{+node}")).with(operator))) {
            var seen = new ArrayList<String>();
            while (!seen.containsAll(List.of("node-1", "node-2"))) {
                seen.add(Streams.json(following.next()).path("node").asText());
            }
            assertThat(seen).containsOnly("node-1", "node-2");
        }
    }

    @Test
    void clientOfAnotherNodeEndsAndIsGoneWhenThatIsAnswered() {
        try (StreamRecorder stream = Clients.open(one, user, topic)) {
            assertThat(Clients.end(other, Clients.idOf(other, user))).isEqualTo(204);
            assertThat(Clients.of(one, user)).isEmpty();
            assertThat(Clients.of(other, user)).isEmpty();
            stream.awaitEnd();
        }
    }

    @Test
    void allStreamsOfAUserEndOnAllNodes() {
        try (StreamRecorder here = Clients.open(one, user, topic);
                StreamRecorder there = Clients.open(other, user, topic)) {
            Answer ended = Clients.ask(one, "DELETE", "?user=" + user);
            assertThat(ended.status()).as(ended.body()).isEqualTo(200);
            assertThat(ended.json().path("ended").asInt()).isEqualTo(2);
            here.awaitEnd();
            there.awaitEnd();
        }
    }

    @Test
    void clientThatIsOnNoNodeIsNotFound() {
        assertThat(Clients.end(one, "urn:uuid:01910000-0000-7000-8000-000000000000"))
                .isEqualTo(404);
    }

    @Test
    void operatorIsToldOfTheClientsOfAnotherNode() {
        try (StreamRecorder following = Clients.follow(other)) {
            try (StreamRecorder stream = Clients.open(one, user, topic)) {
                assertThat(Clients.next(following, "client.connected", user)
                                .path("node")
                                .asText())
                        .isEqualTo("node-1");
                Clients.end(other, Clients.idOf(other, user));
                stream.awaitEnd();
            }
            assertThat(Clients.reason(following, user)).isEqualTo("disconnected");
        }
    }

    @Test
    void subscriptionsOfAllNodesAreInTheDocument() {
        try (StreamRecorder here = Streams.open(one, topic);
                StreamRecorder there = Streams.open(other, topic)) {
            Answer document = Site.send(
                    other,
                    "GET",
                    "/.well-known/mercure/subscriptions?topic=" + Streams.encode(topic),
                    "Authorization: "
                            + Tokens.grant("op", List.of(), List.of("/.well-known/mercure/subscriptions{/topic}"))
                                    .bearer());
            assertThat(document.status()).as(document.body()).isEqualTo(200);
            assertThat(document.json().path("subscriptions")).hasSize(2);
            assertThat(here.status()).isEqualTo(there.status());
        }
    }
}
