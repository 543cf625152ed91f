package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the {@code Dockerfile} has the engine run does what it should, with the JDK of the build. */
class ImageIT {

    private static final Path FILE = Path.of("Dockerfile");
    private static final Pattern RUNS = Pattern.compile("Tidings runs at http://127\\.0\\.0\\.1:(\\d+)/");
    private static final String JAVA = "/opt/java-small";

    @TempDir
    private Path directory;

    /** The whole of it at once, since to make the small Java takes seconds. */
    @Test
    void hubRunsOnTheSmallJavaAndIsHealthyAndEndsWhenAskedTo() throws IOException, InterruptedException {
        Path java = directory.resolve("java");
        String jlink = line("RUN (jlink .*)").replace(JAVA, java.toString());
        assertThat(run(Path.of(System.getProperty("java.home"), "bin") + "/" + jlink))
                .as(jlink)
                .isZero();

        var command = new ArrayList<String>();
        for (var part : new ObjectMapper().readTree(line("ENTRYPOINT (.*)"))) {
            command.add(part.asText()
                    .replace(JAVA, java.toString())
                    .replace("/opt/tidings/tidings.war", System.getProperty("test.war")));
        }
        command.addAll(1, List.of("-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp"))));
        Path log = directory.resolve("log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_"));
        String[] address = line("ENV (.*)").split("=");
        assertThat(address).containsExactly("TIDINGS_SERVER_ADDRESS", "0.0.0.0");
        builder.environment().put(address[0], "127.0.0.1");
        builder.environment().put("TIDINGS_SERVER_PORT", "0");
        builder.environment().put("TIDINGS_JWT_KEY", Tokens.SECRET);
        builder.environment().putAll(Jvm.BRIEF);
        Process hub = builder.start();
        try {
            String port = port(log);
            String check = line("HEALTHCHECK .* CMD (.*)");
            assertThat(check).contains("http://127.0.0.1:8080/");
            assertThat(run(check.replace("8080", port))).isZero();
            assertThat(run(check.replace("8080", port).replace("live", "none"))).isNotZero();
            try (StreamRecorder stream = StreamRequest.to(URI.create("http://127.0.0.1:" + port), "/events?topic=/a")
                    .with(Tokens.operator())
                    .open()) {
                assertThat(stream.nextBlock().id()).isNotNull();
                hub.destroy();
                stream.awaitEnd();
            }
            assertThat(hub.waitFor()).isEqualTo(143);
            assertThat(Files.readString(log)).doesNotContain("Exception", "WARNING", "SEVERE");
        } finally {
            hub.destroyForcibly();
        }
    }

    @Test
    void userIsNotRootAndNothingElseOfTheCheckoutIsCopied() throws IOException {
        assertThat(line("USER (.*)")).isEqualTo("10001");
        assertThat(line("RUN (adduser .*)")).contains("-u 10001 tidings");
        assertThat(Files.readAllLines(Path.of(".dockerignore"))).containsExactly("*", "!target/tidings.war");
    }

    private static String port(Path log) throws IOException {
        Eventually.holds(
                "the hub runs", () -> RUNS.matcher(Files.readString(log)).find());
        Matcher runs = RUNS.matcher(Files.readString(log));
        assertThat(runs.find()).isTrue();
        return runs.group(1);
    }

    private static int run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    /** The part of the only line that matches. */
    private static String line(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        List<String> found = Files.readAllLines(FILE).stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
        assertThat(found).as(regex).hasSize(1);
        return found.get(0);
    }
}
