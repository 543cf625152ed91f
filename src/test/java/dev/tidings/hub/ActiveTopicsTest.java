package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which topics were published to lately is read from the log when it is asked for. */
class ActiveTopicsTest {

    private static final int HISTORY = 100;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final EventLog log = log(HISTORY);
    private final ActiveTopics active = new ActiveTopics(log, clock, System::nanoTime);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void topicsAreThereWithTheNewestFirst() {
        publish("/a");
        Event b = publish("/b");
        Event a = publish("/a", "/more");
        assertThat(active.now().topics())
                .extracting(TopicActivity::topic, TopicActivity::stored, TopicActivity::id)
                .containsExactly(tuple("/more", 1L, a.id()), tuple("/a", 2L, a.id()), tuple("/b", 1L, b.id()));
        assertThat(active.now().unread()).isZero();
    }

    @Test
    void whoWouldWaitForOthersForLongIsRefused() throws Exception {
        var begun = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var slow = new ActiveTopics(log, clock, () -> {
            begun.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return 0;
        });
        publish("/a");
        CompletableFuture<ActiveTopics.Activity> first = CompletableFuture.supplyAsync(slow::now);
        try {
            begun.await();
            assertThatThrownBy(slow::now)
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("others count");
        } finally {
            mayGoOn.countDown();
        }
        assertThat(first.get().topics()).hasSize(1);
        assertThat(slow.now().topics()).hasSize(1);
    }

    @Test
    void whatComesLaterIsAdded() {
        publish("/a");
        assertThat(stored("/a")).isEqualTo(1);
        publish("/a");
        publish("/b");
        assertThat(stored("/a")).isEqualTo(2);
        assertThat(stored("/b")).isEqualTo(1);
    }

    @Test
    void whatHistoryForgetsCountsNoMore() {
        publishMany("/a", 60);
        publish("/gone");
        assertThat(stored("/gone")).isEqualTo(1);
        publishMany("/b", 60);
        assertThat(stored("/a")).isEqualTo(39);
        publishMany("/b", 40);
        assertThat(active.now().topics()).singleElement().satisfies(topic -> {
            assertThat(topic.topic()).isEqualTo("/b");
            assertThat(topic.stored()).isEqualTo(HISTORY);
        });
    }

    @Test
    void historyMayHaveMovedOnSinceItWasAskedFor() {
        publishMany("/a", 10);
        assertThat(stored("/a")).isEqualTo(10);
        publishMany("/b", 10 * HISTORY);
        assertThat(stored("/a")).isZero();
        assertThat(stored("/b")).isEqualTo(HISTORY);
    }

    @Test
    void rateIsThatOfTheLastMinute() {
        publishMany("/a", 30);
        clock.advance(Duration.ofSeconds(61));
        publishMany("/a", 6);
        assertThat(rate("/a")).isCloseTo(0.1, within(1e-9));
        clock.advance(Duration.ofSeconds(61));
        assertThat(rate("/a")).isZero();
        assertThat(stored("/a")).isEqualTo(36);
    }

    @Test
    void rateIsThatOfWhatIsStoredIfThatIsLessThanAMinute() {
        try (EventLog busy = log(2_000)) {
            var there = new ActiveTopics(busy, clock, System::nanoTime);
            IntStream.range(0, 1_000).forEach(n -> busy.append(List.of(request("/a"))));
            clock.advance(Duration.ofSeconds(2));
            IntStream.range(0, 1_500).forEach(n -> busy.append(List.of(request("/a"))));
            clock.advance(Duration.ofSeconds(2));
            assertThat(there.now().topics().get(0).rate()).isCloseTo(500, within(1e-9));
        }
    }

    @Test
    void erasedEventsAreForgotten() {
        publish("/users/alice");
        Event other = publish("/a");
        assertThat(stored("/users/alice")).isEqualTo(1);
        assertThat(log.erase(Erasure.ofUser("alice"))).isEqualTo(1);
        assertThat(active.now().topics())
                .extracting(TopicActivity::topic, TopicActivity::id)
                .containsExactly(tuple("/a", other.id()));
    }

    @Test
    void ofTooManyTopicsThoseThatWereSilentForLongestAreNotThere() {
        var counts = new TopicCounts(3, 100);
        Event again = null;
        for (String topic : List.of("/1", "/2", "/3", "/1", "/4")) {
            again = publish(topic);
            counts.add(again);
        }
        assertThat(counts.list(clock.instant(), false))
                .extracting(TopicActivity::topic)
                .containsExactly("/4", "/1", "/3");
        counts.forgetUpTo(again.sequence());
        assertThat(counts.list(clock.instant(), true)).isEmpty();
    }

    @Test
    void ofTooManyEventsTheOldestCountNoMore() {
        var counts = new TopicCounts(10, 100);
        LongStream.range(0, 150).forEach(n -> counts.add(publish(n < 80 ? "/a" : "/b")));
        assertThat(counts.list(clock.instant(), false))
                .extracting(TopicActivity::topic, TopicActivity::stored)
                .containsExactly(tuple("/b", 70L), tuple("/a", 30L));
    }

    private EventLog log(int events) {
        return new MemoryLog(new Retention(events, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())), clock);
    }

    private Event publish(String... topics) {
        return log.append(List.of(request(topics))).get(0);
    }

    private void publishMany(String topic, int count) {
        IntStream.range(0, count).forEach(n -> publish(topic));
    }

    private static PublishRequest request(String... topics) {
        return new PublishRequest(List.of(topics), null, "", null, null, false);
    }

    private long stored(String topic) {
        return active.now().topics().stream()
                .filter(one -> one.topic().equals(topic))
                .mapToLong(TopicActivity::stored)
                .sum();
    }

    private double rate(String topic) {
        return active.now().topics().stream()
                .filter(one -> one.topic().equals(topic))
                .mapToDouble(TopicActivity::rate)
                .sum();
    }
}
