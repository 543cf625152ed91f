package dev.tidings.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Peer;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.Sink;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.publish.PublishGuard;
import dev.tidings.publish.PublishService;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedsTest {

    /** A feed that counts how often it was asked for an event, and how often it began. */
    private static final class Counting implements Feed {

        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();
        private volatile boolean kept;

        @Override
        public String path() {
            return "count";
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(5);
        }

        @Override
        public void begin() {
            begun.incrementAndGet();
        }

        @Override
        public boolean kept() {
            return kept;
        }

        @Override
        public @Nullable PublishRequest next(Instant now) {
            int turn = asked.incrementAndGet();
            if (turn == 3) {
                throw new IllegalStateException("as if");
            }
            return turn % 2 == 0 ? null : event("x");
        }
    }

    private final MemoryLog log = new MemoryLog(
            new Retention(100, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private @Nullable Subscriber reader;
    private final Hub hub = new Hub(log, 8, 1 << 20, Clock.systemUTC());
    private final Counting feed = new Counting();
    private final Feeds feeds = new Feeds(List.of(feed), hub, publishing(), Clock.systemUTC());

    @AfterEach
    void close() {
        feeds.close();
        log.close();
    }

    @Test
    void feedRunsFromItsFirstViewerToItsLast() {
        Subscriber other = watching("/other");
        assertThat(feed.asked).hasValue(0);
        Subscriber first = watching("/feeds/count");
        Subscriber second = watching("/feeds/{feed}");
        runs();
        first.end(DisconnectReason.CLOSED);
        runs();
        second.end(DisconnectReason.CLOSED);
        stands();
        watching("*");
        runs();
        other.end(DisconnectReason.CLOSED);
    }

    @Test
    void feedBeginsWhenItsFirstViewerComesAndWithNoOther() {
        Subscriber first = watching("/feeds/count");
        Subscriber second = watching("*");
        runs();
        assertThat(feed.begun).hasValue(1);
        first.end(DisconnectReason.CLOSED);
        second.end(DisconnectReason.CLOSED);
        watching("/{path}/count");
        runs();
        assertThat(feed.begun).hasValue(2);
    }

    @Test
    void aThousandViewersCostOnePublisher() {
        List<Subscriber> viewers = IntStream.range(0, 1_000)
                .mapToObj(i -> watching("/feeds/count"))
                .toList();
        runs();
        assertThat(feed.begun).hasValue(1);
        viewers.subList(1, 1_000).forEach(viewer -> viewer.end(DisconnectReason.CLOSED));
        runs();
        viewers.get(0).end(DisconnectReason.CLOSED);
        stands();
    }

    @Test
    void viewerMayComeAndGoByChangingItsTopics() {
        Subscriber viewer = watching("/other");
        watch(viewer, "/feeds/count", "/feeds/{feed}");
        runs();
        watch(viewer, "*");
        runs();
        watch(viewer, "/other");
        stands();
        watch(viewer, "/feeds/count");
        viewer.end(DisconnectReason.CLOSED);
        stands();
    }

    /** Whoever reads once comes back in a while, and is no client meanwhile. */
    @Test
    void feedRunsForThoseWhoReadOnceThoughTheyAreGoneAgain() {
        hub.subscribe(
                new Subscription(
                        SelectorSet.parse(List.of("/feeds/count")),
                        SelectorSet.of(List.of()),
                        new Peer(null, "", "192.0.2.1", "", "poll", null),
                        StartRequest.NOW),
                subscriber -> {
                    reader = subscriber;
                    return new Sink() {

                        @Override
                        public boolean isClient() {
                            return false;
                        }

                        @Override
                        public void wake() {
                            // It looks by itself.
                        }

                        @Override
                        public void end(DisconnectReason reason) {
                            // Nothing is left to do.
                        }
                    };
                });
        runs();
        assertThat(hub.clients().size()).isZero();
        requireNonNull(reader).end(DisconnectReason.CLOSED);
        runs();
        assertThat(feed.begun).hasValue(1);
    }

    @Test
    void viewerIsGivenWhatItPublishes() {
        Subscriber viewer = watching("/feeds/{feed}");
        Eventually.holds("it has an event", () -> viewer.queued() > 0);
        assertThat(viewer.next(1, Long.MAX_VALUE).get(0).topics()).containsExactly("/feeds/count");
    }

    @Test
    void whatIsKeptIsInHistory() {
        feed.kept = true;
        watching("*");
        runs();
        Eventually.holds("the log has grown", () -> log.end().sequence() > 2);
    }

    @Test
    void whatItPublishesIsNotKept() {
        watching("*");
        runs();
        assertThat(log.end().sequence()).isZero();
    }

    private PublishService publishing() {
        var guard = new PublishGuard(List.of(Feed.PREFIX));
        return new PublishService(
                hub,
                guard,
                new RateLimit("published", 0, System::nanoTime),
                new Refusals(System::nanoTime),
                System::nanoTime,
                new BoundedWait(Duration.ofSeconds(5)));
    }

    private void runs() {
        int before = feed.asked.get();
        Eventually.holds("the feed runs", () -> feed.asked.get() > before + 5);
    }

    /** The feed may be at one event when its last viewer leaves. It begins no further one. */
    private void stands() {
        Subscriber elsewhere = watching("/elsewhere");
        int before = feed.asked.get();
        for (int i = 0; i < 20; i++) {
            watching("/elsewhere").end(DisconnectReason.CLOSED);
        }
        assertThat(feed.asked.get()).isLessThanOrEqualTo(before + 1);
        elsewhere.end(DisconnectReason.CLOSED);
    }

    private static void watch(Subscriber viewer, String... selectors) {
        viewer.change(subscription -> subscription.withTopics(SelectorSet.parse(List.of(selectors))));
    }

    private Subscriber watching(String selector) {
        return SilentSink.subscribe(hub, List.of(selector), List.of());
    }
}
