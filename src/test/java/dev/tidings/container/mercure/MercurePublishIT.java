package dev.tidings.container.mercure;

import static dev.tidings.container.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing as draft 07 of Mercure has it. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class MercurePublishIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    MercurePublishIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void answerIsTheIdAndNothingElse() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            Answer answer = Mercure.post(hub, Mercure.form("topic", topic, "data", "hello"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
            assertThat(answer.body())
                    .matches(Streams.POSITION)
                    .isEqualTo(stream.next().id());
        }
    }

    @Test
    void idOfThePublishersOwnIsKept() {
        String id = "http://example.com/" + Fresh.id() + "/é";
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            assertThat(Mercure.publish(hub, "topic", topic, "id", id)).isEqualTo(id);
            assertThat(stream.next().id()).isEqualTo(id);
        }
    }

    @Test
    void emptyIdIsNone() {
        assertThat(Mercure.publish(hub, "topic", topic, "id", "")).matches(Streams.POSITION);
    }

    @Test
    void dataMayBeAbsent() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            String id = Mercure.publish(hub, "topic", topic);
            assertThat(stream.next().lines()).containsExactly(":", "id: " + id, "data: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "", "1", "false", "off", "0", "whatever"})
    void privateIsWhatHasTheFieldWhateverItSays(String value) {
        try (StreamRecorder stranger = Mercure.open(Mercure.request(hub, Mercure.subscriber(), topic))) {
            Mercure.publish(hub, "topic", topic, "data", "private", "private", value);
            Mercure.publish(hub, "topic", topic, "data", "public");
            assertThat(stranger.next().data()).isEqualTo("public");
        }
    }

    @Test
    void unknownFieldsAndTheQueryAreNotLookedAt() {
        Answer answer = Site.post(
                hub,
                Mercure.PATH + "?topic=/elsewhere&x=y",
                Mercure.form("topic", topic, "data", "first", "target", "x", "data", "second"),
                Mercure.header(Tokens.operator()));
        assertThat(answer.status()).isEqualTo(200);
        try (StreamRecorder stream =
                Mercure.open(Mercure.request(hub, Tokens.operator(), topic).after("earliest"))) {
            assertThat(stream.next().data()).isEqualTo("first");
        }
    }

    @Test
    void topicIsRequired() {
        String said = assertRefused(Mercure.post(hub, Mercure.form("data", "x")), 400, "topic");
        assertThat(said).contains("Missing \"topic\" parameter");
    }

    @Test
    void moreThanAThousandTopicsAreRefused() {
        String thousand = "topic=/x&".repeat(1_000);
        assertThat(Mercure.post(hub, thousand).status()).isEqualTo(200);
        assertRefused(Mercure.post(hub, thousand + "topic=/y"), 400, "topic");
    }

    @ParameterizedTest
    @CsvSource({
        "retry, abc",
        "retry, -1",
        "retry, 86400001",
        "id, '#1'",
        "id, earliest",
        "id, 'a\nb'",
        "type, 'a\rb'",
        "type, 'a\nb'",
        "type, gap",
        "type, expiring",
        "topic, ''",
        "topic, 'a\nb'"
    })
    void badValueIsRefusedByItsName(String field, String value) {
        String form = Mercure.form("topic", topic, field, value);
        assertRefused(Mercure.post(hub, form.replaceFirst("^topic=[^&]*&topic", "topic")), 400, field);
    }

    @Test
    void onlyFormsAreRead() {
        Answer answer = Site.send(
                hub, "POST", Mercure.PATH, Mercure.header(Tokens.operator()), "Content-Type: application/json");
        assertThat(assertRefused(answer, 415, "")).contains("application/x-www-form-urlencoded");
    }

    @Test
    void dataAboveTheLimitIsRefused() {
        Answer answer = Mercure.post(hub, Mercure.form("topic", topic, "data", "x".repeat((1 << 20) + 1)));
        assertRefused(answer, 413, "");
    }

    @Test
    void tokenIsNeeded() {
        assertRefused(Site.post(hub, Mercure.PATH, Mercure.form("topic", topic)), 401, "");
    }

    @Test
    void everyTopicHasToBeGranted() {
        Tokens token = Tokens.grant(Fresh.user(), List.of(topic, topic + "/{id}"), List.of());
        assertThat(Mercure.post(hub, Mercure.form("topic", topic, "topic", topic + "/1"), token)
                        .status())
                .isEqualTo(200);
        Answer refused = Mercure.post(hub, Mercure.form("topic", topic, "topic", "/not/granted"), token);
        assertThat(assertRefused(refused, 403, "")).contains("/not/granted");
    }

    @Test
    void tokenWithoutPublishMayPublishNothing() {
        Tokens[] tokens = {
            Tokens.user(Fresh.user()).claim(Tokens.CLAIM, Map.of("subscribe", List.of("*"))),
            Tokens.grant(Fresh.user(), List.of(), List.of("*"))
        };
        for (Tokens token : tokens) {
            Answer answer = Mercure.post(hub, "not even a topic", token);
            assertThat(assertRefused(answer, 403, "")).contains("may publish nothing");
        }
    }

    @Test
    void claimUnderTheProtocolsNameWins() {
        Tokens token = Tokens.grant(Fresh.user(), List.of("/other"), List.of())
                .claim("https://mercure.rocks/", Map.of("publish", List.of(topic)));
        assertThat(Mercure.post(hub, Mercure.form("topic", topic), token).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/mercure",
                "/.well-known/mercure/",
                "/.well-known/mercure/subscriptions/x/y",
                "/.well-known/mercure?x",
                "/clients/x",
                "/clients;x",
                "/hub/nodes",
                "/metrics"
            })
    void topicsOfTheHubsOwnAreNobodysElse(String reserved) {
        Answer answer = Mercure.post(hub, Mercure.form("topic", topic, "topic", reserved, "data", "x"));
        assertThat(assertRefused(answer, 403, "")).contains(reserved);
    }

    @Test
    void cookieCountsOnlyFromOwnPages() {
        String cookie = Site.cookie(Tokens.operator());
        String form = Mercure.form("topic", topic, "data", "x");
        assertRefused(Site.post(hub, Mercure.PATH, form, cookie), 403, "");
        assertRefused(Site.post(hub, Mercure.PATH, form, cookie, "Origin: https://evil.example"), 403, "");
        assertThat(Site.post(hub, Mercure.PATH, form, cookie, Site.OWN).status())
                .isEqualTo(200);
    }

    @Test
    void sameKeyPublishesOnce() {
        String form = Mercure.form("topic", topic, "data", "once");
        String key = "Idempotency-Key: " + Fresh.id();
        String operator = Mercure.header(Tokens.operator());
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            String id = Site.post(hub, Mercure.PATH, form, operator, key).body();
            assertThat(Site.post(hub, Mercure.PATH, form, operator, key).body()).isEqualTo(id);
            Mercure.publish(hub, "topic", topic, "data", "end");
            assertThat(Streams.data(stream, 2)).containsExactly("once", "end");
        }
    }
}
