package dev.tidings.http.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.event.Event;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishNdjsonTest {

    private static final String NDJSON = "application/x-ndjson";

    private static PublishingHub hub;

    @BeforeAll
    static void start() {
        hub = new PublishingHub();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void everyLineIsAnEventInOrder() {
        HttpResponse<String> response = hub.post(
                NDJSON, "{\"msg\":\"a\",\"topic\":\"/news\"}\n{\"msg\":1.10}\n{\"id\":\"nd-3\",\"to\":\"bob\"}\n");

        assertThat(response.statusCode()).isEqualTo(201);
        List<Event> events = hub.newest(3);
        assertThat(PublishingHub.json(response.body()).path("ids"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(events.stream().map(Event::id).toList());
        assertThat(events).extracting(Event::data).containsExactly("a", "1.10", "");
        assertThat(events.get(0).topics()).containsExactly("/news");
        assertThat(events.get(1).topics()).containsExactly("/users/alice");
        assertThat(events.get(2).id()).isEqualTo("nd-3");
    }

    @Test
    void oneLineIsAListOfOneId() {
        HttpResponse<String> response = hub.post(NDJSON, "{\"id\":\"nd-only\"}");

        assertThat(response.body()).isEqualTo("{\"ids\":[\"nd-only\"]}\n");
    }

    @Test
    void blankLinesAreIgnoredAndLinesMayEndWithCarriageReturns() {
        hub.post(NDJSON, "\n\r\n{\"msg\":\"a\"}\r\n \t \n\n{\"msg\":\"b\"}\r\n\r\n");

        assertThat(hub.newest(2)).extracting(Event::data).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{\"nonsense\":1} => 400 => nonsense",
                "{\"msg\":1,\"data\":2} => 400 => msg",
                "{\"msg\":1 => 400 => body",
                "{\"msg\":1}{\"msg\":2} => 400 => body",
                "[] => 400 => body",
                "{\"msg\":1,\"msg\":1} => 400 => body",
                "{\"type\":\"gap\"} => 400 => type",
                "{\"msg\":\"\\ud800\"} => 400 => msg",
            })
    void oneBadLineIsNamedAndNothingIsPublished(String line, int status, String field) {
        String body = "{\"msg\":\"a\"}\n\n" + line + "\n{\"msg\":\"b\"}\n";

        JsonNode problem = hub.assertRefused(hub.posting(NDJSON, body, ""), status, "Line 3: " + field + ": ");

        assertThat(problem.path("field").asText()).isEqualTo(field);
    }

    @Test
    void aLineWithTooMuchDataIsNamed() {
        String body = "{\"msg\":\"a\"}\n{\"msg\":\"" + "x".repeat(PublishingHub.MAX_DATA_BYTES + 1) + "\"}\n";

        hub.assertRefused(hub.posting(NDJSON, body, ""), 413, "Line 2: ", "1001 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/clients/x"})
    void aLineWithATopicThatIsNotGrantedIsNamedAndRefusesAll(String topic) {
        String body = "{\"msg\":\"a\"}\n\n{\"topic\":\"" + topic + "\"}\n{\"msg\":\"b\"}\n";

        hub.assertRefused(hub.posting(NDJSON, body, ""), 403, "Line 3: ", topic);
    }

    @Test
    void aPositionAsAnIdIsNamedAndRefusesAll() {
        hub.post(NDJSON, "{\"msg\":\"a\"}");
        String body = "{\"msg\":\"b\"}\n\n\n{\"id\":\"" + hub.newest().id() + "\"}\n{\"msg\":\"c\"}\n";

        hub.assertRefused(hub.posting(NDJSON, body, ""), 400, "Line 4: id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF{\"msg\":\"a\"}\n{\"msg\":\"b\"}", "\uFEFF\n{\"msg\":\"a\"}\n{\"msg\":\"b\"}"})
    void aByteOrderMarkIsIgnored(String body) {
        hub.post(NDJSON, body);

        assertThat(hub.newest(2)).extracting(Event::data).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n"})
    void noLineAtAllIsRefused(String body) {
        hub.assertRefused(hub.posting(NDJSON, body, ""), 400, "body: ", "line");
    }

    @Test
    void aThousandLinesArePublishedAsOneAndOneMoreIsRefused() {
        long before = hub.published();
        String lines = "{\"msg\":1}\n".repeat(1_000);

        assertThat(hub.post(NDJSON, lines).statusCode()).isEqualTo(201);
        assertThat(hub.published()).isEqualTo(before + 1_000);
        hub.assertRefused(hub.posting(NDJSON, lines + "{\"msg\":1}", ""), 413, "1000 events");
    }

    @Test
    void moreThanEightMebibytesAreRefused() {
        long before = hub.published();
        try (RawClient client = hub.connect()) {
            // Refused for its announced length: a client still sending it might miss the answer as the connection ends.
            client.send(PublishingHub.rawPost(NDJSON) + "Content-Length: " + (8 * 1024 * 1024 + 1) + "\r\n\r\n");
            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(413);
            assertThat(client.text(head)).contains("8388608 bytes");
            assertThat(hub.published()).isEqualTo(before);
        }
    }

    @Test
    void aFieldInTheQueryIsRefused() {
        hub.assertRefused(hub.posting(NDJSON, "{}", "?topic=/news"), 400, "topic: ", "query");
    }
}
