package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryUseTest {

    private static final long KIBIBYTE = 1_024;

    @Test
    void growthIsInKibibytesForEachAndOnlyOfWhatIsKnownOfBoth() {
        var before = new MemoryUse(Map.of(Metric.HEAP, 1_000L, Metric.DIRECT, 50 * KIBIBYTE));
        var after = new MemoryUse(Map.of(Metric.HEAP, 1_000L + 30 * KIBIBYTE, Metric.DIRECT, 0L, Metric.RESIDENT, 7L));
        assertThat(after.growth(before, 20)).containsOnly(Map.entry(Metric.HEAP, 1.5), Map.entry(Metric.DIRECT, -2.5));
    }

    @Test
    void nothingIsKnownOfAProcessThatHasEnded() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        var target = new PeerTarget(
                "ended",
                URI.create("http://127.0.0.1:1"),
                Optional.of(process.toHandle()),
                Set.of(),
                new ByPath(),
                () -> {});
        assertThat(MemoryUse.of(target).bytes()).isEmpty();
    }
}
