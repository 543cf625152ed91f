package dev.tidings.soak;

import dev.tidings.testing.RedisServer;
import java.io.PrintStream;
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
        PrintStream out = System.out;
        try (Soak soak = Soak.start(plan, directory, out)) {
            soak.run();
            soak.assertAllIsReceived();
            soak.assertNothingIsLeft();
            if (plan.isLong()) {
                soak.assertHeapIsFlat();
            }
        }
    }
}
