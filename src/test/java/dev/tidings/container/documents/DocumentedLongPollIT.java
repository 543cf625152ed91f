package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.Fresh;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What documents have people read once with, again and again, prints each event once and goes on after a cut. */
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=50ms")
class DocumentedLongPollIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    DocumentedLongPollIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void loopGetsEverythingOnceAlsoWhatACutMissed() {
        String token = Tokens.anyone().jwt();
        var published = new ArrayList<String>();
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri());
                DocumentedProgram loop = DocumentedProgram.run(
                        CodeBlock.of("docs/clients.md", "Long polling")
                                .at(proxy.uri(""))
                                .about(topic)
                                .as(token),
                        token)) {
            Eventually.holds(
                    "it waits",
                    DocumentedProgram.START,
                    () -> Scrape.of(hub.uri()).sum("tidings_answers_waiting") == 1);
            for (int n = 1; n <= 5; n++) {
                publish(published, "event " + n + " \\ \"lastEventId\":\"no\" 100 %s");
            }
            assertAllHaveCome(loop, published);
            proxy.down();
            publish(published, "missed");
            proxy.up();
            assertAllHaveCome(loop, published);
            publish(published, "live");
            assertAllHaveCome(loop, published);
        }
    }

    /** More than one answer has. */
    @Test
    void jobReadsOnUntilThereIsNoMoreAndKeepsItsPosition() throws IOException {
        String token = Tokens.anyone().jwt();
        var published = new ArrayList<String>();
        String last = "";
        for (int n = 1; n <= 150; n++) {
            last = publish(published, "event " + n + " \\ \"more\":true");
        }
        try (DocumentedProgram job = job(token)) {
            job.awaitEnd();
            assertThat(data(job)).isEqualTo(published);
            assertThat(Files.readString(job.directory().resolve("position")).strip())
                    .isEqualTo(last);
        }
    }

    @Test
    void jobThatIsRefusedEndsWithTheReason() throws IOException {
        try (DocumentedProgram job = job("nonsense")) {
            assertThat(job.awaitExit()).isEqualTo(1);
            assertThat(Files.readString(job.directory().resolve("errors"))).contains("not a JWT");
            assertThat(Files.readString(job.directory().resolve("position"))).isEqualTo("earliest\n");
        }
    }

    private DocumentedProgram job(String token) {
        return DocumentedProgram.run(
                CodeBlock.of("docs/clients.md", "Long polling", 2)
                        .at(hub.uri())
                        .about(topic)
                        .as(token),
                token);
    }

    @Test
    void commandPrintsTheAnswerThatIsShown() {
        String token = Tokens.anyone().jwt();
        publisher.publish(topic, "6");
        publisher.publish(topic, "7");
        try (DocumentedProgram command = DocumentedProgram.run(
                CodeBlock.of("docs/http.md", "`GET /events`: reading once")
                        .at(hub.uri())
                        .about(topic)
                        .as(token),
                token)) {
            Eventually.passes(
                    DocumentedProgram.START, () -> assertThat(data(command)).containsExactly("6", "7"));
            JsonNode shown = read(CodeBlock.of("docs/http.md", "`GET /events`: reading once", 2)
                    .code());
            JsonNode printed = read(command.output());
            assertThat(names(printed)).isEqualTo(names(shown));
            assertThat(names(printed.path("events").get(0)))
                    .isEqualTo(names(shown.path("events").get(0)));
        }
    }

    private String publish(List<String> published, String data) {
        published.add(data);
        return publisher.publish(topic, data);
    }

    private static void assertAllHaveCome(DocumentedProgram program, List<String> published) {
        Eventually.passes(() -> assertThat(data(program)).as(program::toString).isEqualTo(published));
    }

    private static List<String> data(DocumentedProgram program) {
        var data = new ArrayList<String>();
        program.output()
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> read(line)
                        .path("events")
                        .forEach(event -> data.add(event.path("data").asText())));
        return data;
    }

    private static List<String> names(JsonNode json) {
        return json.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + line, e);
        }
    }
}
