package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Peer;
import dev.tidings.hub.SubscriberState;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.HangingLog;
import dev.tidings.testing.LogRecorder;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamLogTest {

    private static final String OPENED =
            "stream opened client=urn:uuid:1 user=alice address=192.0.2.7 transport=sse" + " topics=[\"/orders/{id}\"]";

    private final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final LogRecorder lines = LogRecorder.named(StreamLog.NAME);
    private final StreamLog log = new StreamLog(clock);

    @AfterEach
    void stop() {
        log.close();
        lines.close();
    }

    @Test
    void streamIsALineWhenItOpensAndOneWhenItHasEnded() {
        Client client = client("alice", "Mozilla/5.0 (X11)", "/orders/{id}");
        log.connected(client);
        clock.advance(Duration.ofMillis(12_345));
        log.disconnected(client, DisconnectReason.EXPIRED);
        log.close();
        assertThat(lines.messages())
                .containsExactly(
                        OPENED + " userAgent=\"Mozilla/5.0 (X11)\"",
                        OPENED.replace("opened", "ended") + " reason=expired seconds=12.345 delivered=17");
    }

    @Test
    void clientWithoutUserAndAgentHasNoneInTheLine() {
        log.connected(client(null, "", "/a"));
        log.close();
        assertThat(lines.messages())
                .containsExactly("stream opened client=urn:uuid:1 address=192.0.2.7 transport=sse topics=[\"/a\"]");
    }

    @Test
    void nothingThatAClientSaysBeginsALine() {
        log.connected(client("al\nice", "agent\r\nFORGED\u2028FORGED", "/a\u2028FORGED"));
        log.close();
        assertThat(lines.messages())
                .singleElement()
                .satisfies(line -> assertThat(line.split("[\\v]")).hasSize(1));
    }

    @Test
    void ofManyTopicsTheFirstAreNamed() {
        String[] topics = new String[100];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = "/t/" + i + "x".repeat(2_000);
        }
        log.connected(client("alice", "", topics));
        log.close();
        assertThat(lines.messages())
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(900).contains("topicCount=100"));
    }

    @Test
    void logThatHangsHoldsUpNobodyAndWhatDoesNotFitIsCounted() throws InterruptedException {
        try (HangingLog hanging = HangingLog.named(StreamLog.NAME)) {
            int more = 5;
            Client client = client("alice", "", "/a");
            log.connected(client);
            hanging.awaitLine();
            for (int i = 0; i < StreamLog.MOST_WAITING + more; i++) {
                log.connected(client);
            }
            hanging.goOn();
            Eventually.holds("all others are written", () -> lines.messages().size() == 1 + StreamLog.MOST_WAITING + 1);
            assertThat(lines.messages())
                    .contains("lines about streams were left out, since the log was too slow count=" + more);
        }
    }

    @Test
    void closingGivesUpALogThatHangs() throws InterruptedException {
        try (HangingLog hanging = HangingLog.named(StreamLog.NAME)) {
            log.connected(client("alice", "", "/a"));
            hanging.awaitLine();
            log.connected(client("bob", "", "/a"));
            long begun = System.nanoTime();
            log.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            hanging.goOn();
            Eventually.holds("the thread has ended", () -> !log.thread().isAlive());
            assertThat(lines.messages()).noneMatch(line -> line.contains("bob"));
        }
    }

    private static Client client(@Nullable String user, String agent, String... topics) {
        return new Client(
                "urn:uuid:1",
                new Peer(user, "caller", "192.0.2.7", agent, "sse", null),
                SelectorSet.of(List.of(topics).stream().map(TopicSelector::of).toList()),
                Instant.parse("2030-01-01T00:00:00Z"),
                new Position(Epoch.startingAt(Instant.EPOCH), 0),
                17,
                0,
                0,
                SubscriberState.LIVE,
                "node-1");
    }
}
