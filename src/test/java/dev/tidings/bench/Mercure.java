package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import dev.tidings.testing.CrowdPublisher;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The reference hub of the Mercure protocol, as its server without Caddy, which takes options on its command line. A channel is a
 * topic.
 *
 * <p>It stores no history: the kind of its history that does writes each event to a disk before it answers. It logs a line for each
 * stream, and has no option against that.
 */
record Mercure() implements Program {

    private static final String PATH = "/.well-known/mercure";
    private static final String HEADERS = "Content-Type: application/x-www-form-urlencoded\r\nAuthorization: "
            + Tokens.grant("bench", List.of("*"), List.of())
                    .signedWith(Tokens.hmac256(Tokens.SECRET))
                    .bearer()
            + "\r\n";

    @Override
    public String name() {
        return "mercure";
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.SLOW_READERS);
    }

    @Override
    public List<String> command(Path program, Path directory, int port) {
        return List.of(
                program.toString(),
                "--addr=127.0.0.1:" + port,
                "--allow-anonymous",
                "--publisher-jwt-key=" + Tokens.SECRET,
                "--transport-url=local://local",
                // Else it ends a publisher's connection that is quiet for five seconds.
                "--read-timeout=0s");
    }

    @Override
    public StreamRequest stream(URI server, String channel) {
        return StreamRequest.to(server, PATH + "?topic=" + channel);
    }

    @Override
    public byte[] publish(URI server, String channel, String data) {
        String form = "topic=" + channel + "&data=" + URLEncoder.encode(data, StandardCharsets.UTF_8);
        return CrowdPublisher.post(server, PATH, HEADERS, form);
    }
}
