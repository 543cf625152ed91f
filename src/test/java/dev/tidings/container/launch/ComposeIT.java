package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.Nginx;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What {@code deploy/compose.yaml} starts, with its settings, on this machine instead of in containers. */
class ComposeIT {

    private static final Path FOLDER = Path.of("deploy");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final Tokens token = Tokens.operator();
    private final String topic = Fresh.topic();

    @BeforeAll
    static void needsNginx() {
        Nginx.assumeInstalled();
    }

    @Test
    void twoNodesBehindNginxAreOneHub() throws IOException, InterruptedException {
        Path key = Files.writeString(directory.resolve("key"), Tokens.SECRET);
        try (RedisServer redis = RedisServer.start(redisLines());
                LaunchedHub first = start("hub-1", redis, key);
                LaunchedHub second = start("hub-2", redis, key);
                Nginx nginx = Nginx.withServers(Files.readString(FOLDER.resolve("nginx.conf"))
                        .replace("hub-1:8080", first.uri().getAuthority())
                        .replace("hub-2:8080", second.uri().getAuthority()))) {
            try (StreamRecorder stream = StreamRequest.to(nginx.uri(), "/events?topic=" + topic)
                            .with(token)
                            .open();
                    SocketClient socket = SocketClient.open(
                            HTTP,
                            URI.create(nginx.uri() + "/ws?topic=" + topic),
                            Map.of("Authorization", token.bearer()))) {
                for (URI way : List.of(first.uri(), second.uri(), nginx.uri())) {
                    assertThat(publish(way, way.toString())).isEqualTo(201);
                    assertThat(stream.next().data()).isEqualTo(way.toString());
                    assertThat(socket.skipTo("event").path("data").asText()).isEqualTo(way.toString());
                }
            }
            assertThat(get(nginx.uri(), "/clients?node=hub-1")).startsWith("[").doesNotContain("hub-2");
        }
    }

    @Test
    void everyMountedFileIsThere() {
        assertThat(service("nginx").get("volumes"))
                .isEqualTo(List.of("./nginx.conf:/etc/nginx/conf.d/default.conf:ro"));
        assertThat(FOLDER.resolve("nginx.conf")).exists();
        assertThat(service("hub-1").get("build")).isEqualTo("..");
        assertThat(FOLDER.resolve("../Dockerfile")).exists();
    }

    private static LaunchedHub start(String node, RedisServer redis, Path key) {
        var environment = new HashMap<String, String>();
        ((Map<?, ?>) service(node).get("environment"))
                .forEach((name, value) -> environment.put(name.toString(), value.toString()));
        assertThat(environment)
                .containsEntry("TIDINGS_NODE", node)
                .containsEntry("TIDINGS_LOG", "redis://redis:6379/0")
                .containsEntry("TIDINGS_JWT_KEY", "file:/run/secrets/key");
        environment.put("TIDINGS_LOG", "redis://127.0.0.1:" + redis.port() + "/0");
        environment.put("TIDINGS_JWT_KEY", "file:" + key);
        environment.put("TIDINGS_SERVER_PORT", "0");
        return LaunchedHub.run(List.of(), environment).awaitStart();
    }

    /** The options of its command line, as lines of a file. */
    private static String[] redisLines() {
        var lines = new ArrayList<String>();
        List<?> command = (List<?>) service("redis").get("command");
        assertThat(command.get(0)).isEqualTo("redis-server");
        for (int i = 1; i < command.size(); i += 2) {
            lines.add(command.get(i).toString().replaceFirst("^--", "") + " " + command.get(i + 1));
        }
        return lines.toArray(String[]::new);
    }

    private static Map<?, ?> service(String name) {
        try {
            Map<?, ?> file = new Yaml().load(Files.readString(FOLDER.resolve("compose.yaml")));
            return (Map<?, ?>) ((Map<?, ?>) file.get("services")).get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int publish(URI hub, String data) throws IOException, InterruptedException {
        return HTTP.send(
                        request(hub, "/msg?topic=" + topic)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(data))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private String get(URI hub, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(request(hub, path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpRequest.Builder request(URI hub, String path) {
        return HttpRequest.newBuilder(URI.create(hub + path)).header("Authorization", token.bearer());
    }
}
