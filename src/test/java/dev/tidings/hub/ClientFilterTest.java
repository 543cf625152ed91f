package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFilterTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    @ParameterizedTest
    @CsvSource({
        ", , , true",
        "alice, , , true",
        "bob, , , false",
        "'', , , false",
        ", /a, , true",
        ", /b/7, , true",
        ", /b/{c}, , true",
        ", /c, , false",
        ", , node-1, true",
        ", , node-2, false",
        "alice, /a, node-1, true",
        "bob, /a, node-1, false",
        "alice, /c, node-1, false",
        "alice, /a, node-2, false"
    })
    void clientIsMeantThatIsLikeItInAllThatIsNamed(
            @Nullable String user, @Nullable String topic, @Nullable String node, boolean meant) {
        assertThat(new ClientFilter(user, topic, node).matches(client("alice"))).isEqualTo(meant);
    }

    @Test
    void clientWithoutAUserIsNobodys() {
        assertThat(ClientFilter.ALL.matches(client(null))).isTrue();
        assertThat(ClientFilter.ofUser("alice").matches(client(null))).isFalse();
        assertThat(ClientFilter.ofUser("alice").matches(client("alice"))).isTrue();
    }

    @Test
    void topicAloneIsAFilter() {
        assertThat(ClientFilter.ofTopic("/a").matches(client("alice"))).isTrue();
        assertThat(ClientFilter.ofTopic("/c").matches(client("alice"))).isFalse();
    }

    private static Client client(@Nullable String user) {
        return new Client(
                "urn:uuid:019ab0c4-12d3-7a51-8f20-000000000001",
                new Peer(user, "caller", "192.0.2.1", "test", "sse", null),
                SelectorSet.parse(List.of("/a", "/b/{c}")),
                NOW,
                new Position(Epoch.startingAt(NOW), 0),
                0,
                0,
                0,
                SubscriberState.LIVE,
                "node-1");
    }
}
