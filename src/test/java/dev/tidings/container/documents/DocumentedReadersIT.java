package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What documents have people read streams with, outside of a browser, prints each event once and goes on after a cut.
 *
 * <p>What is waited for is waited for no longer than {@link Eventually#LIMIT}, and a heartbeat comes after 15 s. So a
 * client that hears of an event when the next bytes come has not heard of the last one.
 */
@Tag(NpmClient.TAG)
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=50ms")
class DocumentedReadersIT {

    private final String topic = Fresh.topic();
    private final String user = Fresh.user();
    private final List<String> published = new ArrayList<>();
    private final Container hub;

    DocumentedReadersIT(Container hub) {
        this.hub = hub;
    }

    static Stream<CodeBlock> readers() {
        return Stream.of(
                CodeBlock.of("docs/java.md", "okhttp-eventsource"),
                CodeBlock.of("docs/java.md", "Spring WebClient"),
                CodeBlock.of("docs/java.md", "JDK HttpClient"),
                CodeBlock.of("docs/javascript.md", "fetch-event-source"),
                CodeBlock.of("docs/javascript.md", "event-source-polyfill"),
                CodeBlock.of("docs/javascript.md", "eventsource in Node"),
                CodeBlock.of("docs/python.md", "requests"),
                CodeBlock.of("docs/python.md", "sseclient-py"),
                CodeBlock.of("docs/python.md", "requests-sse"),
                CodeBlock.of("docs/python.md", "launchdarkly-eventsource"),
                CodeBlock.of("docs/python.md", "httpx-sse"),
                CodeBlock.of("docs/clients.md", "curl"));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void eachEventComesAtOnceAndWhatACutMissedAfterwards(CodeBlock reader) {
        String token = Tokens.user(user).jwt();
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri());
                DocumentedProgram running = DocumentedProgram.run(
                        reader.at(proxy.uri("")).about(topic).as(token), token)) {
            Eventually.passes(
                    DocumentedProgram.START,
                    () -> assertThat(Clients.of(hub, user))
                            .as(running::toString)
                            .hasSize(1));
            for (int event = 1; event <= 4; event++) {
                publish("event " + event);
                assertAllHaveCome(running);
            }
            if (reader.language().equals("sh")) {
                return;
            }
            proxy.down();
            publish("missed 1");
            publish("missed 2");
            proxy.up();
            assertAllHaveCome(running);
            publish("live");
            assertAllHaveCome(running);
        }
    }

    private void publish(String data) {
        published.add(Publisher.to(hub).publish(topic, data) + " " + data);
    }

    private void assertAllHaveCome(DocumentedProgram program) {
        Eventually.passes(
                () -> assertThat(events(program)).as(program::toString).isEqualTo(published));
    }

    /** The events that it has printed so far: the id and the data of each. */
    private static List<String> events(DocumentedProgram program) {
        var events = new ArrayList<String>();
        String id = "";
        for (String line : program.output().lines().toList()) {
            if (line.startsWith("urn:uuid:")) {
                events.add(line);
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                events.add(id + " " + line.substring("data: ".length()));
            }
        }
        return events;
    }
}
