package dev.tidings.http.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.RawClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishByGetTest {

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
    void theFieldsStandInTheQuery() {
        HttpResponse<String> response = hub.send(get("/msg?msg=a+b&topic=/news&topic=/news/1&type=t&id=get-1"));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"id\":\"get-1\",\"topics\":[\"/news\",\"/news/1\"]}\n");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(hub.newest().data()).isEqualTo("a b");
        assertThat(hub.newest().type()).isEqualTo("t");
    }

    @Test
    void aTokenInTheQueryIsNoFieldOfTheEvent() {
        assertThat(hub.send(get("/msg?token=whatever&msg=x")).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "authorization"})
    void aTokenThatStandsOnlyInTheQueryIsNotAccepted(String field) {
        hub.assertRefused(hub.to("/msg?msg=x&" + field + "=" + PublishingHub.ALICE), 401, "only from the header");
    }

    @ParameterizedTest
    @CsvSource({"msg=x&nonsense=1, nonsense", "msg=%ff, msg", "msg=x&data=y, msg", "type=gap, type"})
    void aBadFieldIsNamedAndNothingIsPublished(String query, String field) {
        hub.assertRefused(get("/msg?" + query), 400, field + ": ");
    }

    @Test
    void tooMuchDataIsRefused() {
        hub.assertRefused(get("/msg?msg=" + "x".repeat(PublishingHub.MAX_DATA_BYTES + 1)), 413, "1001 bytes");
    }

    @Test
    void headNeverPublishes() {
        long before = hub.published();

        HttpResponse<String> response = hub.send(get("/msg?msg=x").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(hub.published()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "get"})
    void otherMethodsAreNotForThisAddress(String method) {
        HttpRequest.Builder request = get("/msg?msg=x").method(method, BodyPublishers.noBody());

        hub.assertRefused(request, 405, method, "GET, POST");
        assertThat(hub.send(request).headers().firstValue("Allow")).contains("GET, POST");
    }

    @Test
    void optionsSayWhichMethodsThereAreAndNeedNoToken() {
        HttpResponse<String> response = hub.send(hub.to("/msg?msg=x").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST, OPTIONS");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void textThatIsNotEscapedIsReadAsUtf8OrNotAtAll() {
        String request = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + PublishingHub.ALICE + "\r\n\r\n";
        try (RawClient client = hub.connect()) {
            assertThat(client.send("GET /msg?msg=h\u00e9" + request).head().status())
                    .isEqualTo(201);
            assertThat(hub.newest().data()).isEqualTo("h\u00e9");
        }
        long before = hub.published();
        try (RawClient client = hub.connect()) {
            assertThat(client.send(("GET /msg?msg=h\u00e9" + request).getBytes(ISO_8859_1))
                            .head()
                            .status())
                    .isEqualTo(400);
            assertThat(hub.published()).isEqualTo(before);
        }
    }

    private static HttpRequest.Builder get(String target) {
        return hub.to(target).header("Authorization", "Bearer " + PublishingHub.ALICE);
    }
}
