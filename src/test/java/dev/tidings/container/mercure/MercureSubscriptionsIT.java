package dev.tidings.container.mercure;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of active subscriptions, as draft 07 of Mercure has them. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class MercureSubscriptionsIT {

    private final String topic = "https://example.com" + Fresh.topic() + "/{id}";
    private final Container hub;

    MercureSubscriptionsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void collectionHoldsOneDocumentForEachSelector() {
        String user = Fresh.user();
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic, topic + "/b"))) {
            JsonNode all = Mercure.document(hub, "");
            String subscriber = Clients.idOf(hub, user);
            assertThat(all.path("@context").asText()).isEqualTo("https://mercure.rocks/");
            assertThat(all.path("id").asText()).isEqualTo(Mercure.SUBSCRIPTIONS);
            assertThat(all.path("type").asText()).isEqualTo("Subscriptions");
            assertThat(all.path("lastEventID").asText()).matches(Streams.POSITION);
            assertThat(all.path("subscriptions"))
                    .filteredOn(one -> one.path("subscriber").asText().equals(subscriber))
                    .extracting(one -> one.path("topic").asText())
                    .containsExactly(topic, topic + "/b");
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void documentSaysWhatTheDraftAsksFor() {
        String user = Fresh.user();
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic))) {
            String subscriber = Clients.idOf(hub, user);
            JsonNode one = Mercure.subscriptions(hub, topic).get(0);
            assertThat(one.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("id", "type", "topic", "subscriber", "active");
            assertThat(one.path("id").asText())
                    .isEqualTo(Mercure.SUBSCRIPTIONS + "/" + percent(topic) + "/" + percent(subscriber));
            assertThat(one.path("type").asText()).isEqualTo("Subscription");
            assertThat(one.path("topic").asText()).isEqualTo(topic);
            assertThat(one.path("subscriber").asText()).isEqualTo(subscriber);
            assertThat(one.path("active").asBoolean()).isTrue();
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void oneSubscriptionHasItsOwnDocument() {
        String user = Fresh.user();
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic))) {
            JsonNode one = Mercure.document(hub, one(user));
            assertThat(one.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("@context", "id", "type", "topic", "subscriber", "active", "lastEventID");
            assertThat(one.path("topic").asText()).isEqualTo(topic);
            assertThat(one.path("lastEventID").asText()).matches(Streams.POSITION);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void payloadOfTheTokenIsShown() {
        Tokens token = Mercure.saying(Map.of("user", 7, "groups", List.of("a", "b")));
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, token, topic))) {
            JsonNode payload = Mercure.subscriptions(hub, topic).get(0).path("payload");
            assertThat(payload.path("user").intValue()).isEqualTo(7);
            assertThat(payload.path("groups")).hasSize(2);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void streamsOfEveryDoorAreSubscriptions() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            assertThat(Mercure.subscriptions(hub, topic)).hasSize(1);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void lastEventIdIsAPositionEvenWherePublishersGiveIds() {
        Mercure.publish(hub, "topic", topic, "id", Fresh.id());
        String position = Mercure.document(hub, "").path("lastEventID").asText();
        assertThat(position).matches(Streams.POSITION);
        Publisher.to(hub).publish(topic, "after it");
        try (StreamRecorder stream =
                Mercure.open(Mercure.request(hub, Tokens.operator(), topic).after(position))) {
            assertThat(stream.next().data()).isEqualTo("after it");
        }
    }

    @Test
    void unknownSubscriptionIsNotFound() {
        String user = Fresh.user();
        String gone;
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic))) {
            gone = one(user);
            Clients.end(hub, Clients.idOf(hub, user));
            stream.awaitEnd();
        }
        assertProblem(Mercure.documents(hub, Tokens.operator(), gone), 404);
        String other = "?topic=" + Streams.encode(topic + "/other") + gone.substring(gone.indexOf('&'));
        assertProblem(Mercure.documents(hub, Tokens.operator(), other), 404);
        assertProblem(Mercure.documents(hub, Tokens.operator(), "?topic=x&subscriber=nobody"), 404);
    }

    @Test
    void collectionWithoutMembersIsEmpty() {
        assertThat(Mercure.subscriptions(hub, topic)).isEmpty();
    }

    @Test
    void subscriberAloneNamesNoSubscription() {
        assertProblem(Mercure.documents(hub, Tokens.operator(), "?subscriber=x"), 400, "topic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "/a/b/", "/a/b/c"})
    void otherPathsAreNotFound(String path) {
        assertProblem(Mercure.documents(hub, Tokens.operator(), path), 404);
    }

    @Test
    void requestsNeedATokenAndReadOnly() {
        assertProblem(Site.send(hub, "GET", Mercure.SUBSCRIPTIONS), 401);
        Answer answer = Site.send(hub, "DELETE", Mercure.SUBSCRIPTIONS, Mercure.header(Tokens.operator()));
        assertThat(assertProblem(answer, 405).header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void startCheckTellsWhatTomcatAsItComesRefuses() {
        Answer answer = Mercure.documents(hub, Tokens.operator(), "/%2Fx");
        if (hub.kind() == ContainerKind.JETTY) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(hub.logText()).doesNotContain("conf/server.xml");
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(hub.logText())
                    .contains("encodedSolidusHandling=\"passthrough\"", "relaxedPathChars", "relaxedQueryChars");
        }
    }

    @Test
    void selectorHasToMatchThePath() {
        String exact = Mercure.SUBSCRIPTIONS;
        String ofTopic = exact + "/{topic}";
        String ofOne = ofTopic + "/{subscriber}";
        String byTopic = "?topic=" + Streams.encode(topic);
        assertThat(statuses("", byTopic, exact)).containsExactly(200, 403);
        assertThat(statuses("", byTopic, ofTopic)).containsExactly(403, 200);
        assertThat(statuses("", byTopic, exact + "/" + percent(topic))).containsExactly(403, 200);
        assertThat(statuses(byTopic, byTopic + "&subscriber=x", ofTopic)).containsExactly(200, 403);
        assertThat(statuses(byTopic, byTopic + "&subscriber=x", ofOne)).containsExactly(403, 404);
        assertThat(statuses("", byTopic, "*")).containsExactly(200, 200);
        assertThat(statuses("", byTopic, "/.well-known/mercure/other")).containsExactly(403, 403);
    }

    @Test
    void documentThatIsKnownIsNotSentAgain() {
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.operator(), topic))) {
            String target = "?topic=" + Streams.encode(topic);
            Answer answer = Mercure.documents(hub, Tokens.operator(), target);
            String tag = answer.header("ETag");
            assertThat(answer.header("Content-Type")).isEqualTo("application/ld+json");
            assertThat(tag).matches("\"[^\"]+\"");
            for (String known : List.of(tag, "\"x\", W/" + tag, "*")) {
                Answer again = Mercure.documents(hub, Tokens.operator(), target, "If-None-Match: " + known);
                assertThat(again.status()).isEqualTo(304);
                assertThat(again.header("ETag")).isEqualTo(tag);
                assertThat(again.body()).isEmpty();
            }
            Mercure.open(Mercure.request(hub, Tokens.operator(), topic)).close();
            Publisher.to(hub).publish(topic, "changes lastEventID");
            Answer changed = Mercure.documents(hub, Tokens.operator(), target, "If-None-Match: " + tag);
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.header("ETag")).isNotEqualTo(tag);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    /** What a token that may subscribe to this gets at both targets. */
    private List<Integer> statuses(String one, String other, String selector) {
        Tokens token = Mercure.subscriber(selector);
        return List.of(
                Mercure.documents(hub, token, one).status(),
                Mercure.documents(hub, token, other).status());
    }

    /** The query of the one subscription that this user has to the topic. */
    private String one(String user) {
        return "?topic=" + Streams.encode(topic) + "&subscriber=" + Streams.encode(Clients.idOf(hub, user));
    }

    private static String percent(String text) {
        return Streams.encode(text).replace("+", "%20");
    }
}
