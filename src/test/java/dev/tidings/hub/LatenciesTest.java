package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void eachCountsInTheClassThatItDoesNotExceed() {
        record(500);
        record(501);
        record(1_000);
        latencies.record(TimeUnit.SECONDS.toNanos(11));
        latencies.record(-1);
        Latencies.Snapshot snapshot = latencies.snapshot();
        assertThat(snapshot.counts()).startsWith(2L, 2L, 0L).endsWith(0L, 1L);
        assertThat(snapshot.bounds()).hasSize(snapshot.counts().size() - 1).isSorted();
        assertThat(snapshot.total()).isEqualTo(5);
        assertThat(snapshot.sum()).isEqualTo(11.002_001, within(1e-9));
    }

    @Test
    void quantileLiesWithinItsClass() {
        for (int i = 0; i < 99; i++) {
            record(2_000);
        }
        record(30_000);
        Latencies.Snapshot snapshot = latencies.snapshot();
        assertThat(snapshot.quantile(0.5)).isBetween(0.001, 0.0025);
        assertThat(snapshot.quantile(0.99)).isEqualTo(0.0025, within(1e-9));
        assertThat(snapshot.quantile(1)).isBetween(0.025, 0.05);
    }

    @Test
    void quantileOfNothingIsZeroAndOfTheLongestIsTheLastBound() {
        assertThat(latencies.snapshot().quantile(0.5)).isZero();
        latencies.record(TimeUnit.MINUTES.toNanos(1));
        assertThat(latencies.snapshot().quantile(0.5)).isEqualTo(10);
    }

    @Test
    void whatHasComeSinceIsTheDifference() {
        record(100);
        Latencies.Snapshot before = latencies.snapshot();
        record(2_000);
        Latencies.Snapshot since = latencies.snapshot().since(before);
        assertThat(since.total()).isEqualTo(1);
        assertThat(since.sum()).isEqualTo(0.002, within(1e-9));
        assertThat(since.counts()).startsWith(0L, 0L, 1L);
    }

    private void record(int micros) {
        latencies.record(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
