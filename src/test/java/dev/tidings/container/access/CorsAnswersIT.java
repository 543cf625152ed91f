package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Raw;
import dev.tidings.container.Site;
import dev.tidings.container.SiteHub;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer can be read by pages of listed origins, whatever it is, and is told apart from those to others. */
@SiteHub
class CorsAnswersIT {

    private static final String AUTHORIZATION =
            "Authorization: " + Tokens.operator().bearer();

    private final Container hub;

    CorsAnswersIT(Container hub) {
        this.hub = hub;
    }

    /** Every kind of refusal, with the headers that make it readable, and told apart by caches. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET /events => 401",
                "GET /events?token=nonsense => 401",
                "GET /events?topic= => 400",
                "GET /events?topic=%zz => 400",
                "GET /events?topic=/a#Accept: text/html => 406",
                "POST /events => 405",
                "POST /msg => 415",
                "POST /msg?topic=/clients/x#Content-Type: text/plain => 403",
                "POST /msg?topic=/a#Content-Type: application/xml => 415",
                "GET /clients/nobody => 404",
                "PUT /clients => 405",
                "DELETE /health => 405",
                "PUT /nowhere => 404",
                "PROPFIND /nowhere => 404",
                "GET /nowhere => 404",
                "GET /error => 404",
                "GET /assets/ => 404",
                "DELETE /assets/tidings.css => 405",
                "GET /WEB-INF/web.xml => 404",
                "POST /login => 403",
                "POST /logout => 403",
                "PUT / => 405",
            })
    void refusalIsReadable(String request, String status) {
        String[] parts = request.split("[ #]", 3);
        String more = parts.length > 2 ? parts[2] : "";
        String authorization = status.equals("401") ? "" : AUTHORIZATION;
        Answer listed = Site.send(hub, parts[0], parts[1], "Origin: https://app.example.com", authorization, more);
        Answer foreign = Site.send(hub, parts[0], parts[1], "Origin: https://evil.example", authorization, more);

        assertThat(Integer.toString(listed.status())).matches(status);
        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(listed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(listed.headers().get("Vary")).contains("Origin").doesNotHaveDuplicates();
        assertNobody(foreign);
    }

    @Test
    void originThatIsRefusedIsNamedInTheLog() {
        Site.send(hub, "GET", "/health", "Origin: https://evil.example");
        Eventually.holds(
                "one is named",
                () -> hub.logText().matches("(?s).*the hub refused a page of an origin;.* origin=\\S+.*"));
        Site.send(hub, "GET", "/health", "Origin: http://localhost", "Sec-Fetch-Site: same-origin");
        assertThat(hub.logText()).doesNotContain("origin \"http://localhost\" was refused");
    }

    @Test
    void bodyThatIsTooLargeIsRefusedReadably() {
        String head = Raw.head(
                hub,
                "POST",
                "/msg?topic=/a",
                "Origin: https://app.example.com\r\n" + AUTHORIZATION
                        + "\r\nContent-Type: text/plain\r\nContent-Length: 1048577\r\n");
        Answer answer = Raw.send(hub, head);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(answer.headers().get("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/console", "/assets/tidings.css", "/health", "/health/ready", "/token"})
    void everyAnswerVariesByTheOrigin(String target) {
        for (String method : List.of("GET", "HEAD")) {
            Answer answer = Site.send(hub, method, target, AUTHORIZATION);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().get("Vary")).contains("Origin").doesNotHaveDuplicates();
        }
    }

    @Test
    void whatChangesThingsVariesByTheOriginToo() {
        try (StreamRecorder stream = Clients.open(hub, "cors", "/a")) {
            String one = "/clients/" + Clients.idOf(hub, "cors");
            for (Answer answer : List.of(
                    Site.post(hub, "/msg", "topic=/a&msg=x", AUTHORIZATION),
                    Site.post(hub, "/login", "token=" + Tokens.user("cors").jwt(), Site.OWN),
                    Site.post(hub, "/logout", "", Site.OWN),
                    Site.send(hub, "DELETE", one, AUTHORIZATION))) {
                assertThat(answer.status()).isBetween(200, 399);
                assertThat(answer.headers().get("Vary")).containsExactly("Origin");
            }
            assertThat(stream.head().headers("Vary")).containsExactly("Origin");
            stream.awaitEnd();
        }
    }

    @Test
    void whatHasNotChangedVariesByTheOriginToo() {
        Answer first = Site.send(hub, "GET", "/assets/tidings.css");
        Answer again = Site.send(
                hub,
                "GET",
                "/assets/tidings.css",
                "If-None-Match: " + first.header("ETag"),
                "Origin: https://app.example.com");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.headers().get("Vary")).contains("Origin");
        assertThat(again.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    }

    private static void assertNobody(Answer answer) {
        assertThat(answer.headers())
                .doesNotContainKeys(
                        "Access-Control-Allow-Origin",
                        "Access-Control-Allow-Credentials",
                        "Access-Control-Allow-Methods");
        assertThat(answer.headers().get("Vary")).contains("Origin").doesNotHaveDuplicates();
    }
}
