package dev.tidings.http.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.event.Event;
import dev.tidings.testing.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same for every way to publish is shown here, by forms. */
class PublishFormTest {

    private static final String FORM = "application/x-www-form-urlencoded";

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
    void theAnswerIsTheIdAndTheTopicsOfTheEventThatTheLogHolds() {
        HttpResponse<String> response = hub.post(FORM, "msg=hello&topic=/news&topic=/news/1");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        Event event = hub.newest();
        assertThat(response.body()).isEqualTo("{\"id\":\"" + event.id() + "\",\"topics\":[\"/news\",\"/news/1\"]}\n");
        assertThat(event.id()).startsWith("urn:uuid:");
        assertThat(event.topics()).containsExactly("/news", "/news/1");
        assertThat(event.data()).isEqualTo("hello");
        assertThat(event.isPrivate()).isFalse();
    }

    @Test
    void everyFieldReachesTheEvent() {
        hub.post(FORM, "data=x&topic=/news&type=headline&id=my-1&retry=5000&private=on");

        Event event = hub.newest();
        assertThat(event.id()).isEqualTo("my-1");
        assertThat(event.type()).isEqualTo("headline");
        assertThat(event.retry()).isEqualTo(5000);
        assertThat(event.isPrivate()).isTrue();
        assertThat(event.data()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({"to=bob, /users/bob", "to=a%2Fb+c, /users/a%2Fb%20c", "msg=x, /users/alice"})
    void withoutATopicTheEventIsForInboxesAndPrivate(String form, String topic) {
        hub.post(FORM, form);

        assertThat(hub.newest().topics()).containsExactly(topic);
        assertThat(hub.newest().isPrivate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'msg=a+b%0Ac%26', 'a b\nc&'",
        "msg=h%C3%A9llo, héllo",
        "msg=héllo, héllo",
        "msg=, ''",
        "msg, ''",
        "&msg, ''",
        "topic=/news, ''",
    })
    void dataMayBeAnythingEmptyOrAbsent(String form, String data) {
        assertThat(hub.post(FORM, form).statusCode()).isEqualTo(201);

        assertThat(hub.newest().data()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FORM + ";charset=UTF-8",
                FORM + "; charset=\"utf-8\"",
                FORM + " ; Charset=utf8",
                "Application/X-WWW-Form-URLEncoded",
                FORM + ";x=y"
            })
    void theContentTypeMayBeWrittenInManyWays(String contentType) {
        assertThat(hub.post(contentType, "msg=x").statusCode()).isEqualTo(201);
    }

    @Test
    void theTokenMayStandInTheQuery() {
        HttpResponse<String> response = hub.send(hub.to("/msg?token=" + PublishingHub.ALICE)
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("msg=x")));

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "msg=x&nonsense=1,           nonsense",
        "msg=x&Topic=/news,          Topic",
        "token=x,                    token",
        "msg=x&data=y,               msg",
        "msg=x&msg=y,                msg",
        "to=bob&topic=/news,         to",
        "to=,                        to",
        "topic=,                     topic",
        "topic=/news%0A,             topic",
        "type=a%0Db&topic=/news,     type",
        "type=gap,                   type",
        "type=expiring,              type",
        "retry=-1,                   retry",
        "retry=86400001,             retry",
        "retry=1.5,                  retry",
        "private=maybe,              private",
        "id=earliest,                id",
        "id=%23x,                    id",
        "id=a%00,                    id",
        "msg=%ff,                    msg",
        "msg=100%,                   msg",
        "%ff=1,                      body",
        "=x,                         ''",
    })
    void aBadFieldIsNamedAndNothingIsPublished(String form, String field) {
        JsonNode problem = hub.assertRefused(hub.posting(FORM, form, ""), 400, field + ": ");

        assertThat(problem.path("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"msg\":\"hello\"}",
                "{\"msg\":\"a=b&c\"}",
                "{\"msg\":\"100%\"}",
                " [1]",
                "\n{\"msg\":1}",
                "\"hello\"",
                "%7B%22msg%22%3A1%7D"
            })
    void jsonSentAsAFormIsToldWhichContentTypeItNeeds(String body) {
        hub.assertRefused(
                hub.posting(FORM, body, ""), 400, "body: It looks like JSON", "Content-Type: application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "hello world", "100%", "two\nlines", "Msg"})
    void textSentAsAFormIsToldWhichContentTypeItNeeds(String body) {
        hub.assertRefused(
                hub.posting(FORM, body, ""), 400, "body: It has no field", "Content-Type: text/plain", "msg=");
    }

    @Test
    void aThousandTopicsArePublishedAndOneMoreIsRefused() {
        String topics = "topic=/news&" + "topic=/users/x&".repeat(999);

        assertThat(hub.post(FORM, topics).statusCode()).isEqualTo(201);
        hub.assertRefused(hub.posting(FORM, topics + "topic=/news", ""), 400, "topic: ", "1000");
    }

    @Test
    void aFieldInTheQueryIsRefused() {
        hub.assertRefused(hub.posting(FORM, "msg=x", "?topic=/news"), 400, "topic: ", "query", "body");
    }

    @Test
    void aPositionOfThisLogIsNoId() {
        hub.post(FORM, "msg=x");
        String position = hub.newest().id();

        hub.assertRefused(hub.posting(FORM, "msg=x&id=" + position, ""), 400, "id: ");
    }

    @ParameterizedTest
    @CsvSource({"/other, /other", "/clients/x, hub's own"})
    void aTopicThatIsNotGrantedIsForbidden(String topic, String cause) {
        hub.assertRefused(hub.posting(FORM, "topic=/news&topic=" + topic, ""), 403, topic, cause);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,                                 text/html",
        "application/xml,                           application/xml",
        "multipart/form-data; boundary=x,           multipart/form-data",
        "application/x-www-form-urlencodedx,        x-www-form-urlencoded",
        "application/json; charset=iso-8859-1,      iso-8859-1",
        "text/plain;charset=utf-16,                 utf-16",
    })
    void anotherContentTypeIsNotRead(String contentType, String cause) {
        hub.assertRefused(hub.posting(contentType, "msg=x", ""), 415, cause);
    }

    @Test
    void aBodyWithoutAContentTypeIsNotRead() {
        hub.assertRefused(
                hub.to("/msg")
                        .header("Authorization", "Bearer " + PublishingHub.ALICE)
                        .POST(BodyPublishers.ofString("msg=x")),
                415,
                "application/json",
                FORM);
    }

    @Test
    void aCompressedBodyIsNotRead() {
        hub.assertRefused(hub.posting(FORM, "msg=x", "").header("Content-Encoding", "gzip"), 415, "Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "identity, identity", ""})
    void identityIsNoEncoding(String encoding) {
        HttpResponse<String> response = hub.send(hub.posting(FORM, "msg=x", "").header("Content-Encoding", encoding));

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void encodingBesideIdentityIsNotRead() {
        hub.assertRefused(
                hub.posting(FORM, "msg=x", "").header("Content-Encoding", "identity, gzip"), 415, "Content-Encoding");
    }

    /** Such a topic is nobody's inbox, and the publisher would wonder why the user gets nothing. */
    @Test
    void answerHintsAtTheInboxThatATopicIsNot() {
        String token = Tokens.grant("alice", List.of("*"), List.of()).jwt();
        HttpResponse<String> response = hub.send(hub.to("/msg")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("msg=x&topic=/users/bob@example.com")));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(PublishingHub.json(response.body()).path("hint").asText()).contains("to=bob@example.com");
    }

    @Test
    void withoutATokenNothingIsPublished() {
        hub.assertRefused(
                hub.to("/msg").header("Content-Type", FORM).POST(BodyPublishers.ofString("msg=x")), 401, "token");
    }
}
