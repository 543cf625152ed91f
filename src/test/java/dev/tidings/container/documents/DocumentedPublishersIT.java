package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.FaultyFront;
import dev.tidings.testing.FaultyFront.Fault;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents have people publish with does it once, though requests are refused for a while and answers get lost. */
@Tag(NpmClient.TAG)
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=50ms")
class DocumentedPublishersIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    DocumentedPublishersIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void traceGoesOnInAnotherStep() {
        try (DocumentedProgram program = DocumentedProgram.run(CodeBlock.of("docs/monitoring.md", "Traces", 2), "")) {
            assertThat(program.line(".*traceparent.*"))
                    .containsPattern("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                    .doesNotContain("00f067aa0ba902b7");
        }
    }

    static Stream<CodeBlock> publishers() {
        return Stream.of(
                CodeBlock.of("docs/java.md", "Publish with the JDK"),
                CodeBlock.of("docs/java.md", "Publish with Spring RestClient"),
                CodeBlock.of("docs/java.md", "Publish with Spring WebClient"),
                CodeBlock.of("docs/javascript.md", "Publish"),
                CodeBlock.of("docs/python.md", "Publish"));
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void eventIsThereOnceWhateverBecomesOfFourRequests(CodeBlock publisher) {
        try (FaultyFront front =
                        FaultyFront.of(hub, Fault.UNAVAILABLE, Fault.ANSWER_LOST, Fault.TOO_MANY, Fault.ANSWER_CUT);
                DocumentedProgram program = DocumentedProgram.run(
                        publisher.at(front.uri()).about(topic),
                        Tokens.operator().jwt())) {
            program.line(".*urn:uuid:.*");
            assertThat(front.keys())
                    .hasSize(5)
                    .doesNotContain("")
                    .containsOnly(front.keys().get(0));
        }
        assertPublished("shipped");
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void refusalIsShownAndNotRepeated(CodeBlock publisher) {
        try (FaultyFront front = FaultyFront.of(hub);
                DocumentedProgram program = DocumentedProgram.run(
                        publisher.at(front.uri()).about(topic),
                        Tokens.user("alice").jwt())) {
            program.line(".*403.*topic.*" + topic + ".*");
            assertThat(front.keys()).hasSize(1);
        }
        assertPublished();
    }

    /** The shortest, without a retry, which stands in the first document that people read. */
    @Test
    void fewestLinesPublishToAUser() {
        CodeBlock block = CodeBlock.of("README.md", "Your back end").at(hub.uri());
        String user = Fresh.user();
        String imports = """
                import java.net.URI;
                import java.net.http.*;
                import java.net.http.HttpRequest.BodyPublishers;
                import java.net.http.HttpResponse.BodyHandlers;
                """;
        try (StreamRecorder inbox = Streams.open(hub, "/users/" + user);
                DocumentedProgram program = DocumentedProgram.java(
                        imports,
                        block.with("alice", user).code() + "System.out.println(answer);",
                        Map.of("TOKEN", Tokens.operator().jwt()))) {
            program.line(".* 201");
            assertThat(inbox.next().data()).isEqualTo("Your report is ready");
        }
    }

    /** The events of the topic are these. */
    private void assertPublished(String... data) {
        Publisher.to(hub).publish(topic, "the last");
        try (StreamRecorder stream =
                Streams.request(hub, topic).after("earliest").open()) {
            List<String> expected =
                    Stream.concat(Stream.of(data), Stream.of("the last")).toList();
            assertThat(Streams.data(stream, expected.size())).isEqualTo(expected);
        }
    }
}
