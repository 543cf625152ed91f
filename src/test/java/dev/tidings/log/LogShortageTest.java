package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.log.file.FileShortageProcess;
import dev.tidings.log.memory.MemoryShortageProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that run out of memory in the middle of an append, in processes with a tiny heap. */
class LogShortageTest {

    @TempDir
    private Path folder;

    /** Found when one array had grown and the other had not: every later publish failed. */
    @Test
    void logInMemoryAgreesWithItselfWhereverMemoryRunsOut() throws Exception {
        assertThat(run("-Xmx10m", MemoryShortageProcess.class)).matches("(?s).*failed [1-9]\\d+\n");
    }

    /** Found when events were in the file and not known: every later publish was refused. */
    @Test
    void logInAFileAgreesWithItselfWhereverMemoryRunsOut() throws Exception {
        String said =
                run("-Xmx32m", FileShortageProcess.class, folder.resolve("log").toString());
        assertThat(said).matches("(?s).*failed [1-9]\\d+\n");
    }

    private static String run(String heap, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:-UseTLAB",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended").isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
