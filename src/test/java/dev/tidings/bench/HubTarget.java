package dev.tidings.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.testing.CrowdPublisher;
import dev.tidings.testing.StreamRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A hub, ours or somebody else's deployment of it: a channel is a topic below {@code /bench}.
 *
 * @param launcher what can start others of its kind
 * @param ending ends it, if it was started for the benchmark
 */
record HubTarget(
        String name,
        URI uri,
        Optional<ProcessHandle> process,
        Access access,
        String topics,
        Optional<HubLauncher> launcher,
        Runnable ending)
        implements Target {

    /** Where channels are, unless a token allows only something else. */
    static final String TOPICS = "/bench";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean can(Ability ability) {
        return ability != Ability.RESTART || launcher.isPresent();
    }

    @Override
    public StreamRequest stream(String channel) {
        return StreamRequest.to(uri, uri.getRawPath() + "/events?topic=" + topic(channel))
                .header("Authorization", "Bearer " + access.stream());
    }

    @Override
    public byte[] publish(String channel, String data) {
        return post("/msg?topic=" + topic(channel), "text/plain", data);
    }

    @Override
    public byte[] publishAll(List<Item> items) {
        var lines = new StringBuilder();
        for (Item item : items) {
            ObjectNode line = JSON.createObjectNode();
            line.put("topic", topics + "/" + item.channel());
            line.put("msg", item.data());
            lines.append(line).append('\n');
        }
        return post("/msg", "application/x-ndjson", lines.toString());
    }

    @Override
    public RestartableHub restartable(Path directory) {
        return RestartableHub.start(launcher.orElseThrow(), directory);
    }

    @Override
    public void close() {
        ending.run();
    }

    private byte[] post(String target, String contentType, String body) {
        String headers = "Authorization: Bearer " + access.publisher() + "\r\nContent-Type: " + contentType + "\r\n";
        return CrowdPublisher.post(uri, uri.getRawPath() + target, headers, body);
    }

    private String topic(String channel) {
        return URLEncoder.encode(topics + "/" + channel, StandardCharsets.UTF_8);
    }
}
