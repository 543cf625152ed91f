package dev.tidings.container.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that run the hub without a container do. The port is another, and paths are those of the test. */
@Tag(NpmClient.TAG)
class DocumentedLaunchIT {

    private static final String PAGE = "docs/deployment.md";
    private static final String HEADING = "Without a container: `java -jar`";
    private static final Path UNIT = Path.of("deploy/tidings.service");
    private static final Path SYSTEMD = Path.of("/usr/bin/systemd-analyze");
    private static final Pattern RUNS = Pattern.compile("Tidings runs at (http://\\S+)/ ");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path directory;

    @Test
    void keyAndHubAndTokenAndStreamFollowOneAnother() {
        CodeBlock start = CodeBlock.of(PAGE, HEADING).with("--jwt.key", "--port 0 --jwt.key");
        try (DocumentedProgram hub = DocumentedProgram.run(inACheckout(start), Map.of())) {
            URI address = address(hub.directory().resolve("errors"));
            CodeBlock stream = CodeBlock.of(PAGE, HEADING, 2)
                    .at(address)
                    .with("file:key", "file:" + hub.directory().resolve("key"));
            try (DocumentedProgram client = DocumentedProgram.run(inACheckout(stream), Map.of())) {
                assertThat(client.line("user: .*")).endsWith("alice");
                client.line("id: urn:uuid:.*");
            }
        }
    }

    @Test
    void prometheusReadsWithItsToken() throws IOException, InterruptedException {
        Path key = Files.writeString(directory.resolve("key"), Tokens.SECRET);
        CodeBlock token = CodeBlock.of("docs/monitoring.md", "Prometheus").with("file:key", "file:" + key);
        try (LaunchedHub hub = LaunchedHub.start("--metrics", "token");
                DocumentedProgram made = DocumentedProgram.run(inACheckout(token, "echo made"), Map.of())) {
            made.line("made");
            String bearer = Files.readString(made.directory().resolve("tidings-token"));
            URI metrics = URI.create(hub.uri() + "/metrics");
            HttpRequest request = HttpRequest.newBuilder(metrics)
                    .header("Authorization", "Bearer " + bearer.strip())
                    .build();
            HttpResponse<String> read = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
            assertThat(read.body()).contains("tidings_ready");
        }
    }

    @Test
    void fileServesHttp2OverTls() throws IOException, InterruptedException {
        KeyStoreFile certificate = KeyStoreFile.in(directory);
        Path key = Files.writeString(directory.resolve("key"), Tokens.SECRET);
        String pem = certificate.pem().toString();
        Path file = Files.writeString(
                directory.resolve("tidings.properties"),
                CodeBlock.of(PAGE, HEADING, 3)
                        .with("/etc/tidings/key", key.toString())
                        .with("/etc/ssl/hub.example.com.crt", pem)
                        .with("/etc/ssl/hub.example.com.key", pem)
                        .with("0.0.0.0", "127.0.0.1")
                        .with("8443", "0")
                        .code());
        try (LaunchedHub hub =
                LaunchedHub.run(List.of("--config", file.toString()), Map.of()).awaitStart()) {
            HttpResponse<String> token = HttpClient.newBuilder()
                    .sslContext(certificate.sslContext())
                    .build()
                    .send(token(hub.uri()), BodyHandlers.ofString());
            assertThat(token.version()).isEqualTo(Version.HTTP_2);
            assertThat(token.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void unitIsThatOfTheRepository() throws IOException {
        assertThat(CodeBlock.of(PAGE, HEADING, 4).code()).isEqualTo(Files.readString(UNIT));
    }

    /** What systemd would do is done by a shell. */
    @Test
    void unitOfSystemdServesTheHub() throws IOException, InterruptedException {
        Path key = Files.writeString(directory.resolve("key"), Tokens.SECRET);
        Map<String, String> lines = CodeBlock.of(PAGE, HEADING, 4)
                .with("/etc/tidings/key", key.toString())
                .with("/opt/tidings/tidings.war", "tidings.war --port 0")
                .with("/usr/bin/java", JAVA)
                .properties();
        String shell = "export " + lines.get("Environment") + "\nexec " + lines.get("ExecStart") + "\n";
        var service = new CodeBlock(PAGE, HEADING, 4, "sh", shell);
        try (DocumentedProgram hub = DocumentedProgram.run(inACheckout(service), Map.of())) {
            URI address = address(hub.directory().resolve("errors"));
            assertThat(HttpClient.newHttpClient()
                            .send(token(address), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void systemdAcceptsTheUnit() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(SYSTEMD), "No systemd here, so its unit is not verified");
        CodeBlock unit = CodeBlock.of(PAGE, HEADING, 4).with("/usr/bin/java", JAVA);
        Path file = Files.writeString(directory.resolve("tidings.service"), unit.code());
        Process verify = new ProcessBuilder(SYSTEMD.toString(), "verify", "--man=no", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain(file.getFileName().toString());
    }

    private static CodeBlock inACheckout(CodeBlock block) {
        return inACheckout(block, "");
    }

    /** @param then what the shell does afterwards */
    private static CodeBlock inACheckout(CodeBlock block, String then) {
        String war = Path.of(System.getProperty("test.war")).toAbsolutePath().toString();
        return new CodeBlock(
                block.document(),
                block.heading(),
                block.number(),
                "sh",
                "set -e\ncp " + war + " .\n" + block.code() + "\n" + then);
    }

    private static URI address(Path log) {
        var found = new String[1];
        Eventually.passes(DocumentedProgram.START, () -> {
            Matcher runs = RUNS.matcher(textOf(log));
            assertThat(runs.find()).as("the address in %s", log).isTrue();
            found[0] = runs.group(1);
        });
        return URI.create(found[0]);
    }

    private static HttpRequest token(URI hub) {
        return HttpRequest.newBuilder(URI.create(hub + "/token"))
                .header("Authorization", Tokens.user("alice").bearer())
                .build();
    }

    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }
}
