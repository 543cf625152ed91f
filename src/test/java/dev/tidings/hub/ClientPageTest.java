package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientPageTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    /** A client whose topics are a quarter of what a page may have. */
    private static final Client LONG = client(
            IntStream.range(0, 256).mapToObj(i -> "x".repeat(1_021) + (100 + i)).toList());

    private static final Client SHORT = client(List.of("x"));

    @Test
    void pageOfNoneIsTheLast() {
        assertThat(ClientPage.of(Stream.<Client>of().iterator(), 1)).isEqualTo(new ClientPage(List.of(), false));
    }

    @Test
    void pageEndsAtItsLimit() {
        assertThat(page(2, SHORT, SHORT, SHORT)).isEqualTo(new ClientPage(List.of(SHORT, SHORT), true));
        assertThat(page(3, SHORT, SHORT, SHORT)).isEqualTo(new ClientPage(List.of(SHORT, SHORT, SHORT), false));
    }

    @Test
    void pageEndsWhereItsTopicsAreLong() {
        assertThat(page(9, LONG, LONG, LONG, LONG, SHORT))
                .isEqualTo(new ClientPage(List.of(LONG, LONG, LONG, LONG), true));
        assertThat(page(9, SHORT, LONG, LONG, LONG, LONG, SHORT).clients()).hasSize(5);
    }

    @Test
    void pageHasOneClientAtLeast() {
        Client longer = client(IntStream.range(0, 1_025)
                .mapToObj(i -> "x".repeat(1_020) + (1_000 + i))
                .toList());
        assertThat(page(9, longer, SHORT)).isEqualTo(new ClientPage(List.of(longer), true));
    }

    private static ClientPage page(int limit, Client... clients) {
        return ClientPage.of(List.of(clients).iterator(), limit);
    }

    private static Client client(List<String> topics) {
        return new Client(
                "urn:uuid:019ab0c4-12d3-7a51-8f20-000000000001",
                new Peer(null, "caller", "192.0.2.1", "test", "sse", null),
                SelectorSet.parse(topics),
                NOW,
                new Position(Epoch.startingAt(NOW), 0),
                0,
                0,
                0,
                SubscriberState.LIVE,
                "node-1");
    }
}
