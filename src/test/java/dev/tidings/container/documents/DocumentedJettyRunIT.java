package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Example;
import dev.tidings.testing.ServerProcess;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code mvn jetty:run} starts what the documents say, in a copy of the checkout. It differs from theirs in its port, and
 * it does not compile what the build has compiled.
 */
@Timeout(600)
class DocumentedJettyRunIT {

    private static final String COMMAND = "mvn jetty:run";
    private static final String COMPILED = "mvn -B -Djetty.http.port=0 -Dmaven.main.skip jetty:run";

    /** The last line is the plugin's. */
    private static final Pattern DEMO_RUNS = Pattern.compile("The demo runs: open (\\S+)\\R.*redeployment.*\\R");

    private static final Pattern RUNS = Pattern.compile("Started oejs\\.ServerConnector@.*(127\\.0\\.0\\.1:\\d+)}");
    /** Before it Maven speaks of itself. */
    private static final String JETTY = "Configuring Jetty for project";

    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void firstMinuteIsAsTheReadmeHasItAndWithoutWarnings() throws IOException, InterruptedException {
        try (Example checkout = Example.ofHub()) {
            URI hub = URI.create(
                    checkout.await(DEMO_RUNS, start(checkout, CodeBlock.of("README.md", "The first minute"))));
            assertThat(checkout.logText()).contains(JETTY);
            assertThat(checkout.logText().substring(checkout.logText().indexOf(JETTY)))
                    .doesNotContain("[WARNING]", "WARNING:");
            List<String> lines = checkout.logText().lines().toList();
            assertThat(lines.get(lines.size() - 2)).endsWith("open " + hub);
            assertThat(get(hub).statusCode()).isEqualTo(200);
            Matcher token = TOKEN.matcher(get(hub.resolve("login")).body());
            assertThat(token.find()).as("the login page shows a token").isTrue();
            try (DocumentedProgram stream = run(2, hub, token.group())) {
                stream.line("id: urn:uuid:.*");
                try (DocumentedProgram publish = run(3, hub, token.group())) {
                    publish.line("\\{.*");
                }
                stream.line("data: hello");
            }
        }
    }

    @Test
    void badSettingEndsMavenWithTheReason() {
        try (Example checkout = Example.ofHub()) {
            ServerProcess maven = checkout.run(COMPILED + " -Dtidings.demo=false", Map.of("TIDINGS_JWT_KEY", "short"));
            Eventually.holds("Maven ends", Example.BUILD_LIMIT, () -> !maven.isAlive());
            assertThat(checkout.logText())
                    .contains("Error starting jetty: tidings.jwt.key: HS256 needs a secret of at least 32 bytes");
        }
    }

    /** It needs openssl. */
    @Test
    @Tag(NpmClient.TAG)
    void hubOfTheExamplesHasTheirKey() throws IOException, InterruptedException {
        try (Example checkout = Example.ofHub()) {
            CodeBlock block = CodeBlock.of("docs/java.md", "An application");
            URI hub = URI.create("http://" + checkout.await(RUNS, start(checkout, block)));
            String key =
                    Files.readString(checkout.checkout().resolve("target/key")).strip();
            Tokens token = Tokens.user(Fresh.user()).signedWith(Tokens.hmac256(key));
            Eventually.passes(() -> {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(hub.resolve("/token"))
                                .header("Authorization", token.bearer())
                                .header("Origin", "http://127.0.0.1:8081")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .hasValue("http://127.0.0.1:8081");
            });
        }
    }

    private static ServerProcess start(Example checkout, CodeBlock block) {
        assertThat(block.code()).contains(COMMAND);
        return checkout.run(block.with(COMMAND, COMPILED).code(), Map.of());
    }

    private static DocumentedProgram run(int number, URI hub, String token) {
        CodeBlock block = CodeBlock.of("README.md", "The first minute", number);
        return DocumentedProgram.run(block.at(hub).as(token), Map.of());
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
