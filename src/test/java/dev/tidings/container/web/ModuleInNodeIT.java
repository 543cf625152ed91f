package dev.tidings.container.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.testing.BufferingFront;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.NodeProgram;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tidings.js promises, in Node.js and with the real hub: each event once and in order, whatever lies between them. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = {"tidings.retry=50ms", "tidings.heartbeat=500ms"})
class ModuleInNodeIT {

    private static final int EVENTS = Rounds.of(200, 2000);
    private static final Duration START = Duration.ofSeconds(60);
    private static final String END = "the end";

    @TempDir
    Path project;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ModuleInNodeIT(Container hub) {
        this.hub = hub;
    }

    /** With what was stored before, and with tokens that end while it reads. */
    @Test
    void eachEventComesOnceThroughANetworkThatCutsAndWithTokensThatEnd() {
        publish(1, 50);
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri());
                NodeProgram reader = read(proxy.uri("/"), "auto", Duration.ofSeconds(3))) {
            await(reader, "caught up");
            for (int number = 51; number <= EVENTS; number++) {
                publish(number, number);
                if (number % 20 == 0) {
                    proxy.down();
                    proxy.up();
                }
            }
            Eventually.passes(() ->
                    assertThat(reader.lines()).anyMatch(line -> line.startsWith("another token: The token ends")));
            assertReadsAll(reader);
        }
    }

    @Test
    void eachEventComesOnceThroughAProxyThatHoldsStreamsBack() {
        publish(1, 50);
        try (BufferingFront front = BufferingFront.of(hub);
                NodeProgram reader = read(front.uri("/"), "auto", Duration.ofHours(1))) {
            await(reader, "live");
            assertThat(front.streams()).isEqualTo(1);
            for (int number = 51; number <= EVENTS; number++) {
                publish(number, number);
            }
            assertReadsAll(reader);
        }
    }

    @Test
    void refusalIsWhatTheHubSays() {
        try (NodeProgram reader = read(hub.uri("/"), "auto", Duration.ofMinutes(-3))) {
            Eventually.passes(
                    START,
                    () -> assertThat(reader.lines())
                            .anyMatch(line -> line.matches("another token: .*expired 3 minutes ago.*"))
                            .anyMatch(line -> line.matches("refused: .*expired 3 minutes ago.*")));
        }
        assertThat(Clients.of(hub, user)).isEmpty();
    }

    /** As somebody does who has this repository, in a directory of an own project. */
    @Test
    void packageIsInstalledAndReads() throws IOException {
        CodeBlock install = CodeBlock.of("docs/javascript.md", "In Node");
        CodeBlock reader =
                CodeBlock.of("docs/javascript.md", "In Node", 2).at(hub.uri()).about(topic);
        String folder = Path.of("src/main/webapp/WEB-INF/npm").toAbsolutePath().toString();
        NodeProgram.install(
                project, install.with("./src/main/webapp/WEB-INF/npm", folder).code());
        Path program =
                Files.writeString(project.resolve("program.mjs"), "const token = process.env.TOKEN;\n" + reader.code());
        String token = Tokens.user(user).jwt();
        try (NodeProgram reading = NodeProgram.start(Map.of("TOKEN", token), program.toString())) {
            Eventually.passes(
                    START,
                    () -> assertThat(Clients.of(hub, user))
                            .as(reading::toString)
                            .hasSize(1));
            String id = Publisher.to(hub).publish(topic, "hello");
            await(reading, id + " hello");
        }
    }

    private NodeProgram read(URI address, String transport, Duration lifetime) {
        return NodeProgram.start(
                Map.of(
                        "HUB",
                        address.toString(),
                        "TOPIC",
                        topic,
                        "SUB",
                        user,
                        "SECRET",
                        Tokens.SECRET,
                        "LIFETIME_S",
                        Long.toString(lifetime.toSeconds()),
                        "TRANSPORT",
                        transport),
                "src/test/node/read.mjs");
    }

    private void publish(int first, int last) {
        Publisher publisher = Publisher.to(hub);
        IntStream.rangeClosed(first, last).forEach(number -> publisher.publish(topic, Integer.toString(number)));
    }

    private static void await(NodeProgram reader, String line) {
        Eventually.passes(
                START, () -> assertThat(reader.lines()).as(reader::toString).contains(line));
    }

    private void assertReadsAll(NodeProgram reader) {
        Publisher.to(hub).publish(topic, END);
        await(reader, END);
        List<String> expected = Stream.concat(
                        IntStream.rangeClosed(1, EVENTS).mapToObj(Integer::toString), Stream.of(END))
                .toList();
        assertThat(reader.lines().stream().filter(line -> line.matches("\\d+|" + END)))
                .isEqualTo(expected);
    }
}
