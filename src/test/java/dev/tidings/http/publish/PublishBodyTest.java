package dev.tidings.http.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bodies may be, byte for byte. */
class PublishBodyTest {

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
    void dataMayHaveExactlyTheConfiguredSize() {
        String most = "é".repeat(PublishingHub.MAX_DATA_BYTES / 2);

        assertThat(hub.post("text/plain", most).statusCode()).isEqualTo(201);
        assertThat(hub.post("application/x-www-form-urlencoded", "msg=" + "%C3%A9".repeat(500))
                        .statusCode())
                .isEqualTo(201);
        assertThat(hub.post("application/json", "{\"msg\":\"" + "\\u0001".repeat(1_000) + "\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,                        '',       ''",
        "application/x-www-form-urlencoded, msg=,     ''",
        "application/json,                  '{\"msg\":\"', '\"}'",
    })
    void oneByteMoreIsTooLarge(String contentType, String before, String after) {
        String data = "x".repeat(PublishingHub.MAX_DATA_BYTES + 1);

        hub.assertRefused(hub.posting(contentType, before + data + after, ""), 413, "bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,                        1001",
        "application/x-www-form-urlencoded, 199609",
        "application/json,                  399217",
        "application/x-ndjson,              8388609",
        "text/plain,                        9223372036854775807",
    })
    void aBodyThatAnnouncesTooMuchIsRefusedBeforeItIsSent(String contentType, String length) {
        long before = hub.published();
        try (RawClient client = hub.connect()) {
            client.send(PublishingHub.rawPost(contentType) + "Content-Length: " + length
                    + "\r\nExpect: 100-continue\r\n\r\n");

            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(413);
            assertThat(head.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(head.headers("Connection")).containsExactly("close");
            assertThat(client.text(head)).contains("the most that is read here");
            assertThat(hub.published()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer nonsense\r\n", ""})
    void aBadTokenIsRefusedBeforeTheBodyIsSent(String authorization) {
        try (RawClient client = hub.connect()) {
            client.send("POST /msg HTTP/1.1\r\nHost: localhost\r\n" + authorization
                    + "Content-Type: text/plain\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

            assertThat(client.head().status()).isEqualTo(401);
        }
    }

    @Test
    void aBodyThatFitsIsAskedFor() {
        try (RawClient client = hub.connect()) {
            client.send(PublishingHub.rawPost("text/plain") + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(100);
            client.send("hello");

            assertThat(client.head().status()).isEqualTo(201);
            assertThat(hub.newest().data()).isEqualTo("hello");
        }
    }

    @Test
    void aBodyInChunksIsRead() {
        try (RawClient client = hub.connect()) {
            client.send(PublishingHub.rawPost("text/plain")
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");

            assertThat(client.head().status()).isEqualTo(201);
            assertThat(hub.newest().data()).isEqualTo("hello");
        }
    }

    @Test
    void aBodyInChunksIsCutAtTheLimitThoughItNeverEnds() {
        long before = hub.published();
        try (RawClient client = hub.connect()) {
            client.send(PublishingHub.rawPost("text/plain") + "Transfer-Encoding: chunked\r\n\r\n");
            client.send("3e9\r\n" + "x".repeat(1001) + "\r\n");

            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(413);
            assertThat(head.headers("Connection")).containsExactly("close");
            assertThat(client.text(head)).contains("1000 bytes");
            assertThat(hub.published()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,                        '',            '',     body",
        "application/x-www-form-urlencoded, msg=,          '',     body",
        "application/json,                  '{\"msg\":\"', '\"}',  body",
        "application/x-ndjson,              '{\"msg\":\"', '\"}',  body",
    })
    void bytesThatAreNotUtf8AreRefused(String contentType, String start, String end, String field) {
        for (String malformed :
                new String[] {"\u00ff", "\u00c3(", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e2\u0082"}) {
            long before = hub.published();
            byte[] body = (start + malformed + end).getBytes(ISO_8859_1);
            try (RawClient client = hub.connect()) {
                client.send(PublishingHub.rawPost(contentType) + "Content-Length: " + body.length + "\r\n\r\n")
                        .send(body);

                hub.assertRefused(client, before, 400, field + ": ", "malformed at byte " + (start.length() + 1));
            }
        }
    }

    @Test
    void chunksThatAreMalformedAreRefused() {
        long before = hub.published();
        try (RawClient client = hub.connect()) {
            client.send(PublishingHub.rawPost("text/plain") + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");

            hub.assertRefused(client, before, 400, "broke off");
        }
    }

    @Test
    void aBodyThatBreaksOffPublishesNothing() {
        long before = hub.published();
        try (RawClient client = hub.connect()) {
            client.send(PublishingHub.rawPost("text/plain") + "Content-Length: 10\r\n\r\nhello")
                    .finishSending();

            hub.assertRefused(client, before, 400, "broke off");
        }
    }
}
