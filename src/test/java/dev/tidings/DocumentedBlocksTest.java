package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No block of code stands in a document without a test that runs it, or a reason why none can. */
class DocumentedBlocksTest {

    private static final Path TESTS = Path.of("src/test/java");

    /** The test that runs each block. It names the block's heading. */
    private static final Map<String, String> RUN = table("""
            README.md#The first minute -> DocumentedJettyRunIT
            README.md#The first minute#2 -> DocumentedCommandsIT
            README.md#The first minute#3 -> DocumentedCommandsIT
            README.md#The bytes a client receives -> DocumentedCommandsIT
            README.md#Your page -> DocumentedInBrowserIT
            README.md#Your back end -> DocumentedPublishersIT
            README.md#Your back end#2 -> DocumentedCommandsIT
            README.md#Tokens -> DocumentedTokensIT
            README.md#Deploy -> DocumentedDeploymentIT
            README.md#Deploy#2 -> DocumentedDeploymentIT
            docs/benchmark.md#Benchmark#3 -> DocumentedCommandsIT
            docs/clients.md#curl -> DocumentedReadersIT
            docs/clients.md#Long polling -> DocumentedLongPollIT
            docs/clients.md#Long polling#2 -> DocumentedLongPollIT
            docs/deployment.md#Behind a proxy -> DocumentedNginxIT
            docs/deployment.md#Drain -> DocumentedCommandsIT
            docs/deployment.md#HAProxy -> DocumentedHAProxyIT
            docs/deployment.md#Apache httpd -> DocumentedApacheIT
            docs/deployment.md#Caddy -> DocumentedCaddyIT
            docs/deployment.md#TLS and HTTP/2 without a proxy -> TomcatServer
            docs/deployment.md#TLS and HTTP/2 without a proxy#2 -> JettyServer
            docs/deployment.md#Tomcat 10.1 and 11 -> DocumentedDeploymentIT
            docs/deployment.md#How much heap -> DocumentedDeploymentIT
            docs/deployment.md#Without a container: `java -jar` -> DocumentedLaunchIT
            docs/deployment.md#Without a container: `java -jar`#2 -> DocumentedLaunchIT
            docs/deployment.md#Without a container: `java -jar`#3 -> DocumentedLaunchIT
            docs/deployment.md#Without a container: `java -jar`#4 -> DocumentedLaunchIT
            docs/deployment.md#Jetty 12.1 -> DocumentedDeploymentIT
            docs/deployment.md#A log in a file -> DocumentedDeploymentIT
            docs/deployment.md#TLS and HTTP/2 with nginx -> DocumentedTlsNginxIT
            docs/deployment.md#TLS and HTTP/2 with nginx#2 -> DocumentedTlsNginxIT
            docs/feeds.md#Feeds: what people use events for -> DocumentedCommandsIT
            docs/http.md#The bytes -> DocumentedCommandsIT
            docs/http.md#`GET /events`: reading once -> DocumentedLongPollIT
            docs/http.md#`GET /events`: reading once#2 -> DocumentedLongPollIT
            docs/http.md#`/login`, `/logout` -> DocumentedCommandsIT
            docs/http.md#`POST /tickets`: a ticket for a token -> DocumentedCommandsIT
            docs/http.md#`POST /tickets`: a ticket for a token#2 -> DocumentedCommandsIT
            docs/http.md#`GET /hub/explain`: why a user got an event, or did not -> DocumentedCommandsIT
            docs/http.md#`GET /hub/topics`: what is going on -> DocumentedCommandsIT
            docs/http.md#`DELETE /hub/events`: erase events -> DocumentedCommandsIT
            docs/java.md#Publish with the JDK -> DocumentedPublishersIT
            docs/java.md#Publish with Spring RestClient -> DocumentedPublishersIT
            docs/java.md#Publish with Spring WebClient -> DocumentedPublishersIT
            docs/java.md#okhttp-eventsource -> DocumentedReadersIT
            docs/java.md#Spring WebClient -> DocumentedReadersIT
            docs/java.md#JDK HttpClient -> DocumentedReadersIT
            docs/java.md#An application -> DocumentedJettyRunIT
            docs/java.md#The shop in Spring Boot -> SpringBootExampleIT
            docs/java.md#The shop in Jakarta EE -> JakartaOnJettyExampleIT
            docs/java.md#In production -> JakartaOnTomcatExampleIT
            docs/javascript.md#The module -> DocumentedInBrowserIT
            docs/javascript.md#Where a listener begins, and loops -> DocumentedInBrowserIT
            docs/javascript.md#Publish with it -> DocumentedInBrowserIT
            docs/javascript.md#In Node -> ModuleInNodeIT
            docs/javascript.md#In Node#2 -> ModuleInNodeIT
            docs/javascript.md#EventSource -> DocumentedInBrowserIT
            docs/javascript.md#EventSource#2 -> DocumentedInBrowserIT
            docs/javascript.md#EventSource#3 -> DocumentedInBrowserIT
            docs/javascript.md#fetch -> DocumentedInBrowserIT
            docs/javascript.md#fetch-event-source -> DocumentedReadersIT
            docs/javascript.md#event-source-polyfill -> DocumentedReadersIT
            docs/javascript.md#eventsource in Node -> DocumentedReadersIT
            docs/javascript.md#WebSocket -> DocumentedInBrowserIT
            docs/javascript.md#Publish -> DocumentedPublishersIT
            docs/mercure.md#Mercure -> DocumentedCommandsIT
            docs/mercure.md#Mercure#2 -> DocumentedCommandsIT
            docs/mercure.md#Behind nginx -> DocumentedNginxIT
            docs/monitoring.md#Nodes -> DocumentedCommandsIT
            docs/monitoring.md#Nodes#2 -> DocumentedCommandsIT
            docs/monitoring.md#Logs -> LogLinesIT
            docs/monitoring.md#JSON -> LogLinesIT
            docs/monitoring.md#Nothing but the lines -> LogLinesIT
            docs/monitoring.md#Nothing but the lines#2 -> LogLinesIT
            docs/monitoring.md#Prometheus -> DocumentedLaunchIT
            docs/monitoring.md#Traces -> DocumentedInBrowserIT
            docs/monitoring.md#Traces#2 -> DocumentedPublishersIT
            docs/java.md#The transaction in JDBC -> DocumentedTransactionsIT
            docs/java.md#The transaction in JPA -> DocumentedTransactionsIT
            docs/java.md#The transaction in Spring -> DocumentedTransactionsIT
            docs/outbox.md#The table -> DatabaseContract
            docs/outbox.md#A row -> DatabaseContract
            docs/outbox.md#PostgreSQL -> PostgresTest
            docs/outbox.md#PostgreSQL#2 -> OutboxTables
            docs/outbox.md#MySQL and MariaDB -> MariaDbTest
            docs/outbox.md#Oracle -> RelayTest
            docs/outbox.md#SQL Server -> RelayTest
            docs/outbox.md#H2 -> RelayTest
            docs/outbox.md#On Tomcat -> TomcatServer
            docs/outbox.md#On Jetty -> JettyServer
            docs/outbox.md#On Jetty#2 -> JettyServer
            docs/outbox.md#Rows that are set aside -> RelayTest
            docs/python.md#requests -> DocumentedReadersIT
            docs/python.md#sseclient-py -> DocumentedReadersIT
            docs/python.md#requests-sse -> DocumentedReadersIT
            docs/python.md#launchdarkly-eventsource -> DocumentedReadersIT
            docs/python.md#httpx-sse -> DocumentedReadersIT
            docs/python.md#Publish -> DocumentedPublishersIT
            docs/scaling.md#Two nodes to try -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#2 -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#3 -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#4 -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#5 -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#6 -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#7 -> TwoNodesExampleIT
            docs/scaling.md#Two nodes to try#8 -> TwoNodesExampleIT
            docs/tokens.md#The key -> DocumentedTokensIT
            docs/tokens.md#The key#2 -> DocumentedTokensIT
            docs/tokens.md#What a token says -> DocumentedTokensIT
            docs/tokens.md#What a token says#2 -> DocumentedCommandsIT
            docs/tokens.md#Java: java-jwt -> DocumentedTokensIT
            docs/tokens.md#Java: java-jwt#2 -> DocumentedTokensIT
            docs/tokens.md#Java: jjwt -> DocumentedTokensIT
            docs/tokens.md#Java: Nimbus JOSE + JWT -> DocumentedTokensIT
            docs/tokens.md#Java: Spring Security -> DocumentedTokensIT
            docs/tokens.md#Python: PyJWT -> DocumentedTokensIT
            docs/tokens.md#Node: jsonwebtoken -> DocumentedTokensIT
            docs/tokens.md#An operator's token -> DocumentedTokensIT
            docs/tokens.md#An operator's token#2 -> DocumentedTokensIT
            docs/tokens.md#A token for a back end -> DocumentedTokensIT
            docs/tokens.md#Identity providers -> DocumentedTokensIT
            docs/tokens.md#Renew a token -> DocumentedInBrowserIT
            docs/tokens.md#Revoke tokens -> DocumentedCommandsIT
            docs/tokens.md#Revoke tokens#2 -> DocumentedCommandsIT
            docs/tokens.md#When a token is refused -> DocumentedTokensIT
            docs/troubleshooting.md#Troubleshooting -> DocumentedCommandsIT
            docs/troubleshooting.md#The hub is not ready -> DocumentedCommandsIT
            docs/troubleshooting.md#The stream stops for good -> DocumentedInBrowserIT
            docs/troubleshooting.md#Another origin -> DocumentedCommandsIT
            """);

    /** Why no test runs a block. */
    private static final Map<String, String> NOT_RUN = table("""
            README.md#The first minute#4 -> is the build that runs the tests
            docs/architecture.md#The journey of an event -> is a picture
            docs/benchmark.md#Benchmark -> takes a quarter of an hour
            docs/benchmark.md#Benchmark#2 -> takes a quarter of an hour
            docs/benchmark.md#A cold start -> takes minutes; BenchmarkIT runs it small
            docs/benchmark.md#Many nodes -> takes minutes
            docs/benchmark.md#A rolling restart -> takes minutes; RollingRestartIT runs it small
            docs/performance.md#Beside other servers -> takes a quarter of an hour, and programs that the reader brings
            docs/performance.md#Under a flood -> takes minutes
            docs/performance.md#What metrics cost -> takes minutes
            docs/performance.md#Operators' questions -> takes a minute
            docs/performance.md#Operators' questions#2 -> takes a minute
            docs/benchmark.md#Floods -> takes minutes
            docs/benchmark.md#What metrics cost -> takes minutes
            docs/benchmark.md#The hot pieces -> takes minutes
            docs/concurrency.md#Locks -> is a picture
            docs/deployment.md#Without a container: `java -jar`#5 -> needs a container engine; ImageIT runs the lines of the image
            docs/deployment.md#Without a container: `java -jar`#6 -> needs a container engine; ComposeIT runs what it starts
            docs/scaling.md#How it works -> is a picture
            docs/scaling.md#Deploy without an outage -> is a picture
            docs/scaling.md#Deploy without an outage#2 -> is a picture
            """);

    static Stream<CodeBlock> blocks() {
        return CodeBlock.documents().stream().flatMap(document -> CodeBlock.in(document).stream());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void blockHasATest(CodeBlock block) {
        assertThat(RUN.containsKey(block.toString()) ^ NOT_RUN.containsKey(block.toString()))
                .as(
                        "%s: run its lines in a test with CodeBlock.of, such as DocumentedCommandsIT, and add \"%s -> "
                                + "the test's name\" to RUN in this class",
                        block, block)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void blockSaysItsLanguage(CodeBlock block) {
        assertThat(block.language())
                .as("%s: name its language behind the fence; \"text\" is for what is no code", block)
                .isNotEmpty();
    }

    @Test
    void tablesNameNoBlockThatIsGone() {
        List<String> blocks = blocks().map(CodeBlock::toString).toList();
        assertThat(blocks).doesNotHaveDuplicates().containsAll(RUN.keySet()).containsAll(NOT_RUN.keySet());
    }

    @Test
    void testNamesTheDocumentAndTheHeadingOfEachBlockThatItRuns() {
        assertThat(RUN).allSatisfy((block, test) -> {
            String[] place = block.split("#", 3);
            assertThat(sourceOf(test))
                    .as("%s, which runs %s", test, block)
                    .contains(place[0])
                    .contains(place[1]);
        });
    }

    private static String sourceOf(String test) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path source = files.filter(file -> file.endsWith(test + ".java"))
                    .findAny()
                    .orElseThrow(() -> new AssertionError("No test is named " + test));
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> table(String lines) {
        var table = new HashMap<String, String>();
        lines.lines().map(line -> line.split(" -> ", 2)).forEach(entry -> table.put(entry[0], entry[1]));
        return table;
    }
}
