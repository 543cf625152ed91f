package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import dev.tidings.testing.WaitingTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** A WebSocket ends with its token, unless that is renewed, and has what the newest one grants. */
@OfTheDoors
@EveryContainer
class WebSocketTokensIT {

    /** How late this machine may be; it would not do for the leeway of five seconds. */
    private static final Duration LATE = Duration.ofSeconds(4);

    /** A token's exp is a whole number of seconds: this is four to five from now. */
    private final Instant soon = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    WebSocketTokensIT(Container hub) {
        this.hub = hub;
    }

    @WaitingTest
    void endOfTheTokenIsSaidAndIsTheEnd() {
        try (StreamRecorder following = Clients.follow(hub);
                SocketClient client = open(Tokens.user(user).expiring(soon))) {
            assertThat(client.next("expiring").path("expires").textValue()).isEqualTo(soon.toString());
            assertThat(client.awaitClose()).isEqualTo(1008);
            assertThat(Instant.now()).isBetween(soon, soon.plus(LATE));
            assertThat(Clients.reason(following, user)).isEqualTo("expired");
        }
    }

    @WaitingTest
    void renewedTokenKeepsItOpen() {
        try (SocketClient client = open(Tokens.user(user).expiring(soon))) {
            client.next("expiring");
            Instant next = soon.plusSeconds(2);
            assertThat(auth(client, Tokens.user(user).expiring(next))
                            .path("expires")
                            .textValue())
                    .isEqualTo(next.toString());
            assertThat(client.next("expiring").path("expires").textValue()).isEqualTo(next.toString());
            assertThat(client.awaitClose()).isEqualTo(1008);
            assertThat(Instant.now()).isBetween(next, next.plus(LATE));
        }
    }

    /** Each of these tokens ends soon enough to be told so at once. */
    @WaitingTest
    void renewalIsAnsweredBeforeTheEndOfTheNewTokenIsSaid() {
        try (SocketClient client = open(Tokens.user(user))) {
            for (int i = 0; i < 100; i++) {
                Instant end = Instant.now().plusSeconds(15 + i % 10).truncatedTo(ChronoUnit.SECONDS);
                client.send(frame(Tokens.user(user).expiring(end)));
                JsonNode renewed = client.next();
                for (int before = 0; renewed.path("type").asText().equals("expiring"); before++) {
                    assertThat(before)
                            .as("notices before the answer: " + renewed)
                            .isZero();
                    assertThat(renewed.path("expires").textValue()).isNotEqualTo(end.toString());
                    renewed = client.next();
                }
                assertThat(renewed.path("expires").textValue()).isEqualTo(end.toString());
            }
        }
    }

    @WaitingTest
    void newGrantHoldsFromThenOn() {
        try (SocketClient client = open(Tokens.user(user))) {
            publishPrivate("1");
            // What is delivered after a renewal is judged by the new grant, also if it was published before.
            Publisher.to(hub).publish(topic, "delivered");
            assertThat(client.next("event").path("data").textValue()).isEqualTo("delivered");
            auth(client, Tokens.grant(user, List.of(topic), List.of(topic)));
            publishPrivate("2");
            assertThat(client.next("event").path("data").textValue()).isEqualTo("2");
            client.send("{\"type\":\"publish\",\"topics\":\"%s\",\"data\":\"3\"}".formatted(topic));
            assertThat(client.skipTo("event").path("data").textValue()).isEqualTo("3");
            auth(client, Tokens.grant(user, List.of(), List.of()));
            publishPrivate("4");
            Publisher.to(hub).publish(topic, "5");
            assertThat(client.skipTo("event").path("data").textValue()).isEqualTo("5");
            client.send("{\"type\":\"publish\",\"topics\":\"%s\",\"data\":\"6\"}".formatted(topic));
            assertThat(client.next("error").path("title").textValue()).isEqualTo("Forbidden");
        }
    }

    @WaitingTest
    void tokenOfAnotherUserIsRefusedAndTheOldOneStays() {
        try (SocketClient client = open(Tokens.grant(user, List.of(topic), List.of(topic)))) {
            client.send(frame(Tokens.operator()));
            assertThat(client.next("error").path("title").textValue()).isEqualTo("Forbidden");
            publishPrivate("still mine");
            assertThat(client.next("event").path("data").textValue()).isEqualTo("still mine");
        }
    }

    @WaitingTest
    void tokenThatExpiredWithinTheLeewayHoldsToItsEnd() {
        Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        Tokens expired = Tokens.user(user).expiring(end.minusSeconds(5));
        try (SocketClient opened = open(expired);
                SocketClient renewed = open(Tokens.user(user))) {
            auth(renewed, expired);
            assertThat(opened.next("expiring").path("expires").textValue()).isEqualTo(end.toString());
            for (SocketClient client : List.of(opened, renewed)) {
                assertThat(client.awaitClose()).isEqualTo(1008);
                assertThat(Instant.now()).isAfterOrEqualTo(end);
            }
        }
    }

    private JsonNode auth(SocketClient client, Tokens token) {
        client.send(frame(token));
        return client.skipTo("renewed");
    }

    private static String frame(Tokens token) {
        return "{\"type\":\"auth\",\"token\":\"%s\",\"ref\":1}".formatted(token.jwt());
    }

    private void publishPrivate(String data) {
        Publisher.to(hub).publish(Map.of("topic", topic, "msg", data, "private", true));
    }

    private SocketClient open(Tokens token) {
        SocketClient client = SocketClient.open(hub, "/ws?topic=" + topic, token);
        client.next("welcome");
        return client;
    }
}
