package dev.tidings.soak;

import dev.tidings.testing.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a hub that is used for an hour is what it was after its first minutes. CONTRIBUTING.md says how to run it. */
@Tag("soak")
class SoakIT {

    @Test
    void nothingGrowsAndEachClientGetsEachEventOnce(@TempDir Path directory) {
        RedisServer.assumeInstalled();
        SoakPlan plan = SoakPlan.fromProperties();
        try (Soak soak = Soak.start(plan, directory)) {
            soak.run();
            soak.assertAllIsReceived();
            soak.assertNothingIsLeft();
            if (plan.isLong()) {
                soak.assertHeapIsFlat();
            }
        }
    }
}
