package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Example;
import dev.tidings.testing.HAProxy;
import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.Nginx;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The two nodes of {@code src/examples/two-nodes}, started by the lines of {@code docs/scaling.md}, do what that page says,
 * behind each balancer that it names.
 */
@Tag(NpmClient.TAG)
@ParameterizedClass
@EnumSource
class TwoNodesExampleIT {

    /** A balancer of the page; {@link #number} is that of the block which starts it. */
    enum Balancer {
        NGINX(4) {
            @Override
            void assumeInstalled() {
                Nginx.assumeInstalled();
            }
        },
        HAPROXY(5) {
            @Override
            void assumeInstalled() {
                HAProxy.assumeInstalled();
            }
        };

        private final int number;

        Balancer(int number) {
            this.number = number;
        }

        abstract void assumeInstalled();
    }

    private static final String BALANCER = "8080";
    private static final List<String> NODES = List.of("8081", "8082");
    private static final int NUMBERS = 60;
    private static final Duration START = Duration.ofSeconds(60);

    /** A port of the example, as it stands in its files and its lines. */
    private static final Pattern PORT = Pattern.compile("\\b(?:6379|8080|8081|8082)\\b");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The ports that stand for those of the example, since these may be taken. */
    private final Map<String, String> ports = new HashMap<>();

    @Parameter
    private Balancer balancer;

    @AutoClose
    private Example example;

    /** By the token that the example prints. */
    private String authorization = "";

    @BeforeEach
    void start() throws IOException {
        balancer.assumeInstalled();
        RedisServer.assumeInstalled();
        example = Example.ofBuilt("two-nodes");
        Path files = example.checkout().resolve("src/examples/two-nodes");
        for (String file : List.of("redis.conf", "nginx.conf", "haproxy.cfg", "node.properties")) {
            Files.writeString(files.resolve(file), here(Files.readString(files.resolve(file))));
        }
        Files.writeString(files.resolve("nginx.conf"), Nginx.userLine(), StandardOpenOption.APPEND);
        run(lines(1).with("mvn package -Dmaven.test.skip=true\n", ""));
        Path key = example.checkout().resolve("target/two-nodes/key");
        Eventually.holds("the key is there", () -> Files.exists(key) && Files.size(key) > 0);
        run(lines(2));
        run(lines(3));
        run(lines(balancer.number));
        NODES.forEach(this::awaitReady);
        awaitReady(BALANCER);
        Path printed = example.checkout().resolve("target/token");
        run(lines(6).with("token.sh", "token.sh > target/token"));
        Eventually.holds("the token is there", () -> Files.exists(printed) && Files.size(printed) > 0);
        authorization = "Bearer " + Files.readString(printed).strip();
    }

    /** One after the other, since each node takes seconds to start. */
    @Test
    void streamGoesOnWithoutLossWhenItsNodeIsKilledAndAfterAllAre() {
        String killed = assertGoesOnWithoutLossWhenItsNodeIsKilled();
        assertAsksStreamsToComeBackAndGoesOnAfter(
                NODES.stream().filter(port -> !port.equals(killed)).toList());
    }

    /** Returns the node that was killed. */
    private String assertGoesOnWithoutLossWhenItsNodeIsKilled() {
        var read = new ArrayList<String>();
        String last;
        String killed;
        try (StreamRecorder stream = Streams.open(stream())) {
            run(lines(7).with("sleep 1", "sleep 0.1"));
            read.addAll(Streams.data(stream, 10));
            last = stream.lastEventId();
            killed = nodeOfTheStream();
            kill(killed);
            stream.awaitEnd();
        }
        try (StreamRecorder stream = Streams.open(stream().after(last))) {
            read.addAll(Streams.data(stream, NUMBERS - read.size()));
        }
        assertThat(read)
                .isEqualTo(IntStream.rangeClosed(1, NUMBERS)
                        .mapToObj(Integer::toString)
                        .toList());
        return killed;
    }

    /** Kills the nodes that are left, and starts one. */
    private void assertAsksStreamsToComeBackAndGoesOnAfter(List<String> left) {
        String last;
        try (StreamRecorder stream = Streams.open(stream())) {
            run(lines(7).with("-eq 60", "-eq 1"));
            assertThat(stream.next().data()).isEqualTo("1");
            last = stream.lastEventId();
            left.forEach(this::kill);
            stream.awaitEnd();
        }
        try (StreamRecorder nobody =
                stream().header("Origin", "https://page.example.com").open()) {
            assertThat(nobody.status()).isEqualTo(200);
            assertThat(nobody.head().header("Access-Control-Allow-Origin")).isEqualTo("https://page.example.com");
            assertThat(nobody.nextBlock().retry()).isEqualTo(3000);
        }
        run(lines(2));
        awaitReady(NODES.get(0));
        awaitReady(BALANCER);
        run(lines(7).with("N=0", "N=1").with("-eq 60", "-eq 2"));
        try (StreamRecorder stream = Streams.open(stream().after(last))) {
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    private static CodeBlock lines(int number) {
        return CodeBlock.of("docs/scaling.md", "Two nodes to try", number);
    }

    /** Runs lines of the page, as in a terminal of their own. */
    private void run(CodeBlock block) {
        String home =
                Path.of(System.getProperty("test.jetty.home")).toAbsolutePath().toString();
        String lines = here(block.with("/opt/jetty-home", home).code());
        example.run("exec >> target/two-nodes.log 2>&1\n" + lines, Map.of());
    }

    /** The same text with the ports that are free here. */
    private String here(String text) {
        return PORT.matcher(text).replaceAll(port -> ports.computeIfAbsent(port.group(), TwoNodesExampleIT::freePort));
    }

    private static String freePort(String instead) {
        try {
            return Integer.toString(LoopbackPort.free());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The request of a page that reads the numbers through the balancer. */
    private StreamRequest stream() {
        return StreamRequest.to(server(BALANCER), Streams.events("/orders")).header("Authorization", authorization);
    }

    private URI server(String port) {
        return URI.create("http://127.0.0.1:" + here(port));
    }

    /** The node that has the only stream there is, by its port in the example. */
    private String nodeOfTheStream() {
        JsonNode clients = json(ask(BALANCER, "/clients"));
        String name = clients.path(0).path("node").asText();
        return NODES.stream()
                .filter(port -> name.equals("node-" + here(port)))
                .findAny()
                .orElseThrow(() -> new AssertionError("No node of the example has a client: " + clients));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + answer.body(), e);
        }
    }

    private void kill(String port) {
        run(lines(8).with(NODES.get(0), port));
    }

    private void awaitReady(String port) {
        Eventually.passes(
                START,
                () -> assertThat(ask(port, "/health/ready").statusCode())
                        .as("%s is ready, see %s", port, example.checkout().resolve("target/two-nodes.log"))
                        .isEqualTo(200));
    }

    private HttpResponse<String> ask(String port, String target) {
        HttpRequest request = HttpRequest.newBuilder(server(port).resolve(target))
                .header("Authorization", authorization)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException notYet) {
            throw new AssertionError("nothing answers at " + request.uri(), notYet);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
