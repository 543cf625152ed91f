package dev.tidings.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.Client;
import dev.tidings.hub.Peer;
import dev.tidings.hub.SubscriberState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client survives the way to another node, and nothing else arrives there. Over 300 lines, since each member is refused by itself. */
class ClientCodecTest {

    private static final List<String> TEXTS = List.of(
            "",
            "alice",
            "\"",
            "\\",
            "{\"a\":[1]}",
            "null",
            "é",
            "中",
            "😀",
            "\ud83d",
            " \u007f",
            "<b>&amp;",
            "/a/{b}",
            "x".repeat(256));

    private static final List<SubscriberState> STATES = List.of(SubscriberState.values());

    private final Random random = new Random(18);

    @Test
    void everyClientReadsBackAlsoWhereHalfACharacterIsLeft() {
        for (int i = 0; i < 2_000; i++) {
            Client client = client();
            byte[] travelling = ClientCodec.encode(client).getBytes(StandardCharsets.UTF_8);
            assertThat(ClientCodec.decode(new String(travelling, StandardCharsets.UTF_8)))
                    .isEqualTo(client);
        }
    }

    @Test
    void clientWithTheLongestTopicsIsNotTooLong() {
        Client client = client();
        List<String> topics =
                IntStream.range(0, 100).mapToObj(i -> "é".repeat(1_020) + i).toList();
        assertThat(ClientCodec.decode(ClientCodec.encode(withTopics(client, topics)))
                        .topics())
                .isEqualTo(SelectorSet.parse(topics));
    }

    @Test
    void namesOfMembersAreThoseOfTheRegistry() {
        var peer = new Peer("alice", "u:alice", "192.0.2.1", "curl", "sse", "{\"a\":1}");
        var client = new Client(
                "urn:uuid:019ab0c4-12d3-7a51-8f20-000000000001",
                peer,
                SelectorSet.parse(List.of("/a", "/b/{c}")),
                Instant.parse("2026-02-03T04:05:06.789Z"),
                position("urn:uuid:019ab0c4-12d3-7a51-8f20-000000000007"),
                3,
                2,
                4,
                SubscriberState.REPLAYING,
                "node-1");
        assertThat(ClientCodec.encode(client)).isEqualTo("""
                        {"id":"urn:uuid:019ab0c4-12d3-7a51-8f20-000000000001","user":"alice","caller":"u:alice",\
                        "address":"192.0.2.1","userAgent":"curl","transport":"sse","payload":"{\\"a\\":1}",\
                        "connectedAt":"2026-02-03T04:05:06.789Z",\
                        "lastEventId":"urn:uuid:019ab0c4-12d3-7a51-8f20-000000000007","delivered":3,"queued":2,"behind":4,\
                        "state":"replaying","node":"node-1","topics":["/a","/b/{c}"]}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "user",
                "caller",
                "address",
                "userAgent",
                "transport",
                "payload",
                "topics",
                "connectedAt",
                "lastEventId",
                "delivered",
                "queued",
                "behind",
                "state",
                "node"
            })
    void memberThatIsMissingIsNamed(String member) {
        assertRefused(text().replace("\"" + member + "\":", "\"other\":"), member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "id => 1",
                "id => \"alice\"",
                "id => \"URN:UUID:019ab0c4-12d3-7a51-8f20-000000000001\"",
                "id => null",
                "user => 1",
                "user => [\"alice\"]",
                "caller => null",
                "address => null",
                "userAgent => {}",
                "transport => \"http\"",
                "transport => null",
                "payload => {\"a\":1}",
                "topics => \"/a\"",
                "topics => null",
                "topics => [1]",
                "topics => [null]",
                "topics => [\"/a\",\"\"]",
                "topics => [\"\\u0000\"]",
                "connectedAt => 1",
                "connectedAt => \"yesterday\"",
                "connectedAt => \"2026-02-03T04:05:06.7890Z\"",
                "lastEventId => \"earliest\"",
                "lastEventId => null",
                "delivered => -1",
                "delivered => 1.5",
                "delivered => 1e3",
                "delivered => \"3\"",
                "delivered => 9223372036854775808",
                "queued => -1",
                "queued => 2147483648",
                "queued => null",
                "behind => -1",
                "behind => null",
                "state => \"LIVE\"",
                "state => \"gone\"",
                "node => 7",
                "node => null"
            })
    void valueThatAMemberCannotHaveIsRefusedByItsName(String member, String value) {
        String changed = text().replaceFirst(
                        "\"" + member + "\":(\"[^\"]*\"|\\[[^]]*]|\\d+)",
                        Matcher.quoteReplacement("\"" + member + "\":" + value));
        assertThat(changed).isNotEqualTo(text());
        assertRefused(changed, "\"" + member + "\"");
    }

    @Test
    void numbersReachAsFarAsTheirTypes() {
        String most = text().replace("\"delivered\":3", "\"delivered\":" + Long.MAX_VALUE)
                .replace("\"queued\":2", "\"queued\":" + Integer.MAX_VALUE);
        assertThat(ClientCodec.decode(most).delivered()).isEqualTo(Long.MAX_VALUE);
        assertThat(ClientCodec.decode(most).queued()).isEqualTo(Integer.MAX_VALUE);
        assertThat(ClientCodec.decode(text().replace("\"queued\":2", "\"queued\":0"))
                        .queued())
                .isZero();
    }

    @Test
    void userAndPayloadMayBeNull() {
        String anonymous =
                text().replace("\"user\":\"alice\"", "\"user\":null").replace("\"payload\":\"1\"", "\"payload\":null");
        Peer peer = ClientCodec.decode(anonymous).peer();
        assertThat(peer.user()).isNull();
        assertThat(peer.payload()).isNull();
    }

    @Test
    void memberThatClientsDoNotHaveIsRefused() {
        assertRefused(text().replace("{\"id\"", "{\"granted\":[],\"id\""), "a member that clients do not have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"id\":}",
                "[[[[[[",
                "{\"id\":[[[[]]]]}",
                "<xml/>"
            })
    void whatIsNoClientIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCodec.decode(text))
                .withMessageStartingWith("The text of a client cannot be read: ");
    }

    @Test
    void memberThatIsSaidTwiceIsRefusedAndSoIsMoreText() {
        assertRefused(text().replace("{\"id\"", "{\"node\":\"other\",\"id\""), "it is not the JSON of one object");
        assertRefused(text() + "{}", "it is not the JSON of one object");
    }

    @Test
    void textThatIsTooLongIsRefusedUnread() {
        String longest = text() + " ".repeat(ClientCodec.MAX_LENGTH - text().length());
        assertThat(ClientCodec.decode(longest)).isEqualTo(ClientCodec.decode(text()));
        assertRefused(longest + " ", "more than 1048576 characters");
    }

    @Test
    void moreTopicsThanAClientMayHaveAreRefused() {
        Client client = client();
        List<String> most = IntStream.range(0, 1_000).mapToObj(i -> "/" + i).toList();
        assertThat(ClientCodec.decode(ClientCodec.encode(withTopics(client, most)))
                        .topics()
                        .selectors())
                .hasSize(1_000);
        List<String> more = IntStream.range(0, 1_001).mapToObj(i -> "/" + i).toList();
        assertRefused(ClientCodec.encode(withTopics(client, more)), "\"topics\"");
    }

    @Test
    void refusalDoesNotQuoteWhatItRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCodec.decode(text().replace("\"alice\"", "secret")))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCodec.decode(text().replace("\"sse\"", "\"secret\"")))
                .withMessageNotContaining("secret");
    }

    private static void assertRefused(String text, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCodec.decode(text))
                .withMessageContaining(fault);
    }

    /** A text that can be read. */
    private static String text() {
        var peer = new Peer("alice", "u:alice", "192.0.2.1", "curl", "sse", "1");
        return ClientCodec.encode(new Client(
                "urn:uuid:019ab0c4-12d3-7a51-8f20-000000000001",
                peer,
                SelectorSet.parse(List.of("/a")),
                Instant.parse("2026-02-03T04:05:06.789Z"),
                position("urn:uuid:019ab0c4-12d3-7a51-8f20-000000000007"),
                3,
                2,
                4,
                SubscriberState.LIVE,
                "node-1"));
    }

    private Client client() {
        var peer = new Peer(
                random.nextBoolean() ? null : any(),
                any(),
                any(),
                any(),
                random.nextBoolean() ? "sse" : "ws",
                random.nextBoolean() ? null : any());
        List<String> topics = IntStream.range(0, random.nextInt(5))
                .mapToObj(i ->
                        List.of("*", "/a", "/é/{b}", "{+c}", "x".repeat(2_048)).get(random.nextInt(5)))
                .toList();
        return new Client(
                "urn:uuid:" + UUID.randomUUID(),
                peer,
                SelectorSet.parse(topics),
                Instant.ofEpochSecond(random.nextLong(1L << 35), random.nextInt(1_000_000_000)),
                new Position(Epoch.startingAt(Instant.now()), random.nextLong(1L << 48)),
                random.nextLong(Long.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                random.nextLong(Long.MAX_VALUE),
                STATES.get(random.nextInt(STATES.size())),
                any());
    }

    private String any() {
        return TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static Client withTopics(Client client, List<String> topics) {
        return new Client(
                client.id(),
                client.peer(),
                SelectorSet.parse(topics),
                client.connectedAt(),
                client.lastEventId(),
                client.delivered(),
                client.queued(),
                client.behind(),
                client.state(),
                client.node());
    }

    private static Position position(String text) {
        return requireNonNull(Position.parse(text));
    }
}
