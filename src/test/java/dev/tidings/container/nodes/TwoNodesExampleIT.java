package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Example;
import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.Nginx;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two nodes of {@code src/examples/two-nodes}, started by the lines of {@code docs/scaling.md}, do what that page says. */
@Tag(NpmClient.TAG)
class TwoNodesExampleIT {

    private static final String TRY = "Two nodes to try";
    private static final String BALANCER = "8080";
    private static final List<String> NODES = List.of("8081", "8082");
    private static final int NUMBERS = 60;

    private final HttpClient http = HttpClient.newHttpClient();

    /** The ports of the example, and those that are free here. */
    private final Map<String, String> ports = new LinkedHashMap<>();

    @AutoClose
    private Example example;

    private Tokens token;

    @BeforeEach
    void start() throws IOException {
        Nginx.assumeInstalled();
        RedisServer.assumeInstalled();
        example = Example.ofBuilt("two-nodes");
        for (String port : List.of("6379", BALANCER, NODES.get(0), NODES.get(1))) {
            ports.put(port, Integer.toString(LoopbackPort.free()));
        }
        for (String file : List.of("redis.conf", "nginx.conf", "node.properties")) {
            Path path = example.checkout().resolve("src/examples/two-nodes").resolve(file);
            Files.writeString(path, here(Files.readString(path)));
        }
        letNginxWriteAsRoot();
        Path key = example.checkout().resolve("target/two-nodes/key");
        run(lines(1).with("mvn package -Dmaven.test.skip=true\n", ""));
        Eventually.holds("the key is there", () -> Files.exists(key) && !Files.readString(key).isBlank());
        token = Tokens.operator().signedWith(Tokens.hmac256(Files.readString(key).strip()));
        run(lines(2));
        run(lines(3));
        run(lines(4));
        NODES.forEach(this::awaitReady);
        awaitReady(BALANCER);
    }

    @Test
    void streamGoesOnWithoutLossWhenItsNodeIsKilled() throws Exception {
        run(lines(6).with("sleep 1", "sleep 0.1"));
        List<String> read = new ArrayList<>();
        String last;
        try (StreamRecorder stream = Streams.open(request())) {
            read.addAll(Streams.data(stream, 10));
            last = stream.lastEventId();
            kill(nodeOfTheStream());
            stream.awaitEnd();
        }
        try (StreamRecorder stream = Streams.open(request().after(last))) {
            read.addAll(Streams.data(stream, NUMBERS - read.size()));
        }
        assertThat(read).isEqualTo(IntStream.rangeClosed(1, NUMBERS).mapToObj(Integer::toString).toList());
    }

    @Test
    void withoutAnyNodeStreamsAreAskedToComeBackAndThenGoOn() throws Exception {
        String last;
        try (StreamRecorder stream = Streams.open(request())) {
            run(lines(6).with("-eq 60", "-eq 1"));
            assertThat(stream.next().data()).isEqualTo("1");
            last = stream.lastEventId();
            NODES.forEach(this::kill);
            stream.awaitEnd();
        }
        try (StreamRecorder nobody = request().open()) {
            assertThat(nobody.status()).isEqualTo(200);
            Block retry = nobody.nextBlock();
            assertThat(retry.retry()).isEqualTo(3000);
        }
        run(lines(2));
        awaitReady(NODES.get(0));
        run(lines(6).with("N=0", "N=1").with("-eq 60", "-eq 2"));
        Eventually.passes(() -> {
            try (StreamRecorder stream = request().after(last).open()) {
                assertThat(stream.nextBlock().id()).isNotNull();
                assertThat(stream.next().data()).isEqualTo("2");
            }
        });
    }

    /** The token of the example is good, and says who is connected. */
    @Test
    void tokenOfTheExampleShowsTheClients() throws Exception {
        var printed = example.run(here(lines(5).code()) + "echo", Map.of());
        String jwt = example.await(java.util.regex.Pattern.compile("(?m)^(eyJ\\S+)$"), printed);
        HttpResponse<String> clients = http.send(
                HttpRequest.newBuilder(uri(BALANCER, "/clients"))
                        .header("Authorization", "Bearer " + jwt)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(clients.statusCode()).as(clients.body()).isEqualTo(200);
    }

    private static CodeBlock lines(int number) {
        return CodeBlock.of("docs/scaling.md", TRY, number);
    }

    private void run(CodeBlock block) {
        example.run(here(block.code()), Map.of("JETTY_HOME", System.getProperty("test.jetty.home")));
    }
}
