package dev.tidings.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.bench.Target.Ability;
import dev.tidings.testing.CrowdPublisher;
import dev.tidings.testing.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Centrifugo 6, with its unidirectional streams of server-sent events and a history in memory.
 *
 * <p>The data of an event are a JSON text that begins with a space, so that its numbers are words of their own in what comes:
 * {@code {"channel":"b","pub":{"data":" 7 123 x"}}}.
 */
record Centrifugo() implements Program {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The head of a response goes out before the subscription is made; the answer to the connect says that it is. */
    private static final Envelope PUBLICATION = new Envelope("{\"connect\":", "{\"channel\":", 1);

    /** History is on, as it is in the hub. Unlike the hub it verifies no token of a stream and no key of a publisher. */
    private static final String CONFIGURATION = """
            {
              "http_server": {"address": "127.0.0.1", "port": "%d"},
              "client": {"insecure": true, "allowed_origins": ["*"]},
              "http_api": {"insecure": true},
              "uni_sse": {"enabled": true},
              "channel": {
                "without_namespace": {
                  "allow_subscribe_for_anonymous": true,
                  "allow_subscribe_for_client": true,
                  "history_size": 100,
                  "history_ttl": "60s",
                  "force_recovery": true
                }
              },
              "log": {"level": "error"}
            }
            """;

    @Override
    public String name() {
        return "centrifugo";
    }

    /** None: a stream has no ids to resume after, and one that does not read for a second is cut. */
    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    @Override
    public List<String> command(Path program, Path directory, int port) throws IOException {
        Path configuration = directory.resolve("config.json");
        Files.writeString(configuration, CONFIGURATION.formatted(port));
        return List.of(program.toString(), "--config", configuration.toString());
    }

    @Override
    public Envelope envelope() {
        return PUBLICATION;
    }

    @Override
    public StreamRequest stream(URI server, String channel) {
        String connect = json(Map.of("subs", Map.of(channel, Map.of())));
        return StreamRequest.to(
                server, "/connection/uni_sse?cf_connect=" + URLEncoder.encode(connect, StandardCharsets.UTF_8));
    }

    @Override
    public byte[] publish(URI server, String channel, String data) {
        String body = json(Map.of("channel", channel, "data", " " + data));
        return CrowdPublisher.post(server, "/api/publish", "Content-Type: application/json\r\n", body);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
