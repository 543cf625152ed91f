package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Exchange;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser's session as the containers see it: the cookie, the pages it is for, and pages of other sites. */
@OfTheDoors
@ConfiguredHub
class LoginIT {

    private static final String PLAIN = "Origin: http://" + Site.HOST;
    private static final String LISTED = "Origin: https://app.example.com";
    private static final String FOREIGN = "Origin: https://evil.example";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @Test
    void whoLogsInStreamsAndPublishesWithTheCookieUntilLoggingOut(Container container) {
        String token = Tokens.user("login-" + container.pid()).jwt();

        Answer in = post(container, "/login", "token=" + token, Site.OWN, FORM);
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.header("Location")).isEqualTo("/tidings/console");
        assertThat(in.headers().get("Set-Cookie")).hasSize(1);
        assertThat(in.header("Set-Cookie"))
                .matches("mercureAuthorization=" + token + "; Path=/tidings; Max-Age=35\\d\\d" + Site.COOKIE_END);

        String cookie = "mercureAuthorization=" + token;
        try (StreamRecorder stream =
                container.stream("/events").header("Cookie", "a=b; " + cookie).open()) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(post(container, "/msg", "msg=foreign", FOREIGN, FORM, "Cookie: " + cookie)
                            .status())
                    .isEqualTo(403);
            assertThat(post(container, "/msg", "msg=nobody", FORM, "Cookie: " + cookie)
                            .status())
                    .isEqualTo(403);
            assertThat(post(container, "/msg", "msg=own", Site.OWN, FORM, "Cookie: " + cookie)
                            .status())
                    .isEqualTo(201);
            assertThat(post(container, "/msg", "msg=listed", LISTED, FORM, "Cookie: " + cookie)
                            .status())
                    .isEqualTo(201);
            assertThat(stream.next().data()).isEqualTo("own");
            assertThat(stream.next().data()).isEqualTo("listed");
        }

        Answer out = post(container, "/logout", "", Site.OWN, "Cookie: " + cookie);
        assertThat(out.status()).isEqualTo(303);
        assertThat(out.header("Location")).isEqualTo("/tidings/");
        assertThat(out.headers().get("Set-Cookie"))
                .containsExactly("mercureAuthorization=; Path=/tidings; Max-Age=0" + Site.COOKIE_END);
        assertThat(container.logText()).doesNotContain(token);
    }

    @Test
    void aProxyThatIsTrustedMakesTheCookieSecure(Container container) {
        String form = "token=" + Tokens.user("alice").jwt();
        assertThat(post(
                                container,
                                "/login",
                                form,
                                FORM,
                                "Origin: https://hub.example.com",
                                "X-Forwarded-For: 192.0.2.1",
                                "X-Forwarded-Proto: https")
                        .header("Set-Cookie"))
                .endsWith("; HttpOnly; SameSite=Strict; Secure");
        assertThat(post(container, "/login", form, FORM, PLAIN, "X-Forwarded-Proto: https")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aBadCookieIsRefusedAndRemoved(Container container) {
        Answer answer = send(container, "GET", "/events", "", LISTED, "Cookie: mercureAuthorization=nonsense");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("this is not a JWT");
        assertThat(answer.headers().get("Set-Cookie"))
                .containsExactly("mercureAuthorization=; Path=/tidings; Max-Age=0" + Site.COOKIE_END);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /clients, 401",
        "GET, /nowhere, 404",
        "GET, /WEB-INF/web.xml, 404",
        "GET, /health, 200",
        "GET, /, 200",
        "GET, /logout, 405",
        "POST, /msg, 401",
        "DELETE, /events, 401",
        "DELETE, /health, 405"
    })
    void aListedOriginMayReadEveryAnswerAndAnotherNone(String method, String target, int status, Container container) {
        Answer listed = send(container, method, target, "", LISTED);
        Answer foreign = send(container, method, target, "", FOREIGN);

        assertThat(listed.status()).isEqualTo(status);
        assertThat(foreign.status()).isEqualTo(status);
        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(listed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(listed.header("Access-Control-Expose-Headers")).contains("Last-Event-ID");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(foreign.headers().get("Vary")).contains("Origin").doesNotHaveDuplicates();
    }

    @Test
    void aListedOriginMayReadAStreamAndAskBeforehand(Container container) {
        try (StreamRecorder stream = container.stream("/events")
                .with(Tokens.user("alice"))
                .header("Origin", "https://app.example.com")
                .open()) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.head().header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        }
        Answer preflight = send(container, "OPTIONS", "/msg", "", LISTED, "Access-Control-Request-Method: POST");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("authorization");
        assertThat(preflight.headers().get("Vary")).isEqualTo(List.of("Origin"));
    }

    private static Answer post(Container container, String target, String form, String... headers) {
        return send(container, "POST", target, form, headers);
    }

    private static Answer send(Container container, String method, String target, String body, String... headers) {
        String path = container.uri().getPath() + target;
        String head = method + " " + path + " HTTP/1.1\r\nHost: hub.example.com\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        return Exchange.of(container, head, body);
    }
}
