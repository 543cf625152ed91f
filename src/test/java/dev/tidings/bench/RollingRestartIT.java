package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two nodes that are restarted one after the other, small: see {@link RollingRestart}. */
class RollingRestartIT {

    private static final int STREAMS = 300;

    @Test
    void nothingIsLostOrDoubledAndClientsDoNotComeAllAtOnce() throws Exception {
        try (var restart = new RollingRestart(RollingRestart.Way.ASKED_TO_END, "2s", "500ms")) {
            RollingRestart.Result result = restart.run(STREAMS, 20);
            System.out.println(result);
            // Half of them leave the first node, and all of them the second.
            assertThat(result.connects()).isGreaterThan(STREAMS);
            assertThat(result.complete()).isGreaterThan(STREAMS);
            assertThat(result.curves())
                    .allSatisfy(curve -> assertThat(curve.peak()).isLessThan(curve.total()));
        }
    }
}
