package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final ManualClock clock = new ManualClock();
    private final RateLimit limit = new RateLimit("published", 10, clock::nanoTime);

    @Test
    void keyTakesASecondsWorthAtOnceAndThenWaits() {
        assertThat(taken("a", 20)).isEqualTo(10);
        assertThat(limit.take("a", 1)).isEqualTo(Duration.ofMillis(100));
        clock.advance(Duration.ofMillis(99));
        assertThat(limit.take("a", 1)).isPositive();
        clock.advance(Duration.ofMillis(1));
        assertThat(limit.take("a", 1)).isZero();
        assertThat(limit.take("a", 1)).isPositive();
    }

    @Test
    void rateIsKeptInTheLongRun() {
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            taken += taken("a", 5);
            clock.advance(Duration.ofMillis(10));
        }
        assertThat(taken).isBetween(100, 110);
    }

    @Test
    void oneKeyIsNotAnother() {
        assertThat(taken("a", 20)).isEqualTo(10);
        assertThat(taken("b", 20)).isEqualTo(10);
    }

    @Test
    void manyAtOncePassAndAreMadeUpFor() {
        assertThat(limit.take("a", 100)).isZero();
        assertThat(limit.take("a", 1)).isEqualTo(Duration.ofMillis(9_100));
        clock.advance(Duration.ofMillis(9_100));
        assertThat(limit.take("a", 1)).isZero();
    }

    @Test
    void zeroIsAnyNumber() {
        var none = new RateLimit("published", 0, clock::nanoTime);
        assertThat(IntStream.range(0, 1_000).allMatch(i -> none.take("a", 1_000).isZero()))
                .isTrue();
        none.told("other", Map.of("a", 1_000));
        assertThat(none.take("a", 1)).isZero();
        assertThat(none.news(10)).isEmpty();
    }

    @Test
    void whatIsTakenAtAnotherNodeCounts() {
        limit.told("other", Map.of("a", 9, "b", -5));
        assertThat(taken("a", 20)).isEqualTo(1);
        assertThat(taken("b", 20)).isEqualTo(10);
    }

    @Test
    void newsAreWhatWasTakenSinceTheLast() {
        limit.tellAgain();
        assertThat(limit.news(10)).isEmpty();
        limit.take("a", 3);
        limit.take("a", 2);
        limit.take("b", 1);
        assertThat(limit.news(10)).isEqualTo(Map.of("a", 5, "b", 1));
        assertThat(limit.news(10)).isEmpty();
    }

    /** No other node pays for what a key was refused. */
    @Test
    void whatIsRefusedIsNoNews() {
        limit.tellAgain();
        limit.take("a", 10);
        limit.take("a", 10);
        assertThat(limit.news(10)).isEqualTo(Map.of("a", 10));
    }

    @Test
    void withoutOtherNodesNothingIsNotedForThem() {
        limit.take("a", 1);
        assertThat(limit.news(10)).isEmpty();
    }

    @Test
    void anotherNodeCanKeepNobodyWaitingForEver() {
        limit.told("other", Map.of("a", Integer.MAX_VALUE));
        clock.advance(Duration.ofHours(1));
        assertThat(limit.take("a", 1)).isZero();
    }

    private int taken(String key, int tries) {
        return (int) IntStream.range(0, tries)
                .filter(i -> limit.take(key, 1).isZero())
                .count();
    }
}
