package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void sharesAreWithinASixtyFourth() {
        for (int micros = 1; micros <= 100_000; micros++) {
            latencies.add(micros * 1_000L);
        }
        assertThat(latencies.millis(0.5)).isCloseTo(50, within(50.0 / 64));
        assertThat(latencies.millis(0.99)).isCloseTo(99, within(99.0 / 64));
        assertThat(latencies.millis(0.00001)).isCloseTo(0.001, within(0.001 / 64));
    }

    @Test
    void longestIsExact() {
        latencies.add(3);
        latencies.add(1_234_567_891L);
        assertThat(latencies.millis(1)).isEqualTo(1234.567891);
    }

    @Test
    void thoseOfAnotherCountAsItsOwn() {
        var other = new Latencies();
        other.add(5_000_000);
        latencies.add(1_000_000);
        latencies.add(other);
        assertThat(latencies.millis(0.5)).isCloseTo(1, within(1.0 / 64));
        assertThat(latencies.millis(1)).isEqualTo(5);
    }

    @Test
    void noneIsNothing() {
        latencies.add(Long.MAX_VALUE);
        latencies.clear();
        assertThat(latencies.millis(0.5)).isZero();
        assertThat(latencies.millis(1)).isZero();
    }
}
