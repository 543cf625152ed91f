package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry says of a client. */
@OfTheDoors
@ConfiguredHub
class ClientEntryIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ClientEntryIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void entryHasTheseMembers() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (StreamRecorder stream = open(request().agent("a browser"))) {
            JsonNode entry = Clients.only(hub, user);
            assertThat(entry.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly(
                            "id",
                            "user",
                            "topics",
                            "address",
                            "userAgent",
                            "transport",
                            "connectedAt",
                            "lastEventId",
                            "delivered",
                            "queued",
                            "behind",
                            "state",
                            "node");
            assertThat(entry.path("id").textValue()).matches(Streams.POSITION);
            assertThat(entry.path("user").textValue()).isEqualTo(user);
            assertThat(entry.path("topics").toString()).isEqualTo("[\"" + topic + "\"]");
            assertThat(entry.path("address").textValue()).isEqualTo("127.0.0.1");
            assertThat(entry.path("userAgent").textValue()).isEqualTo("a browser");
            assertThat(entry.path("transport").textValue()).isEqualTo("sse");
            assertThat(Instant.parse(entry.path("connectedAt").textValue())).isBetween(before, Instant.now());
            assertThat(entry.path("lastEventId").textValue()).isEqualTo(stream.lastEventId());
            assertThat(entry.path("delivered").numberValue()).isEqualTo(0);
            assertThat(entry.path("queued").numberValue()).isEqualTo(0);
            assertThat(entry.path("behind").numberValue()).isEqualTo(0);
            assertThat(entry.path("state").textValue()).isEqualTo("live");
            assertThat(entry.path("node").textValue()).isEqualTo("node-7");
        }
    }

    @Test
    void whoCameWithoutATokenHasNoUser() {
        try (StreamRecorder stream = open(hub.stream(Streams.events(topic)))) {
            List<JsonNode> entries = Clients.list(hub, "?topic=" + topic);
            assertThat(entries).singleElement().satisfies(entry -> {
                assertThat(entry.has("user")).isTrue();
                assertThat(entry.path("user").isNull()).isTrue();
                assertThat(entry.path("lastEventId").textValue()).isEqualTo(stream.lastEventId());
            });
        }
    }

    @Test
    void whoDoesNotSayWhatItIsHasAnEmptyUserAgent() {
        try (StreamRecorder stream = open(request().agent(""))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("userAgent").textValue()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"256, 256", "257, 256", "4000, 256"})
    void userAgentIsCut(int length, int kept) {
        try (StreamRecorder stream = open(request().agent("x".repeat(length)))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("userAgent").textValue()).isEqualTo("x".repeat(kept));
        }
    }

    @Test
    void userAgentThatIsNotAsciiBreaksNothing() {
        byte[] latin1 = "x".repeat(255).concat("\u00ff\u00fe\ud83d\ude00").getBytes(StandardCharsets.UTF_8);
        String agent = new String(latin1, StandardCharsets.UTF_8);
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = open(request().agent(agent))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("userAgent").textValue()).startsWith("x".repeat(255));
            assertThat(Clients.next(following, "client.connected", user)
                            .path("userAgent")
                            .textValue())
                    .hasSizeLessThanOrEqualTo(256);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "X-Forwarded-For: 203.0.113.7 => 203.0.113.7",
                "X-Forwarded-For: 198.51.100.1, 203.0.113.7 => 203.0.113.7",
                "X-Forwarded-For: 203.0.113.7, 127.0.0.9 => 203.0.113.7",
                "X-Forwarded-For: <b>nonsense => 127.0.0.1",
                "Forwarded: for=203.0.113.7 => 203.0.113.7",
                "Forwarded: for=\"[2001:db8::1]:4711\" => 2001:db8:0:0:0:0:0:1",
                "Forwarded: for=_hidden => 127.0.0.1",
            })
    void addressIsTheOneThatTheTrustedProxySaw(String header, String address) {
        String[] line = header.split(": ", 2);
        try (StreamRecorder stream = open(request().header(line[0], line[1]))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("address").textValue()).isEqualTo(address);
        }
    }

    @Test
    void tokenIsNoPartOfIt() {
        String token = Tokens.user(user).jwt();
        StreamRequest byQuery = hub.stream(Streams.events(topic) + "&token=" + token);
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = open(byQuery)) {
            assertThat(Clients.only(hub, user).toString()).doesNotContain(token);
            Clients.end(hub, Clients.idOf(hub, user));
            stream.awaitEnd();
            Clients.reason(following, user);
            assertThat(Streams.text(following)).doesNotContain(token);
        }
    }

    private StreamRequest request() {
        return hub.stream(Streams.events(topic)).with(Tokens.user(user));
    }

    private static StreamRecorder open(StreamRequest request) {
        return Streams.open(request);
    }
}
