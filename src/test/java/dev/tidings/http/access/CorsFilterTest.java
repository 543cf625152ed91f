package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.http.ErrorFilter;
import dev.tidings.http.ErrorServlet;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of listed origins may read at addresses that answer, refuse, fail and do not exist. */
class CorsFilterTest {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String CREDENTIALS = "Access-Control-Allow-Credentials";
    private static final String EXPOSED = "Access-Control-Expose-Headers";

    private static InProcessJetty none;
    private static InProcessJetty listed;
    private static InProcessJetty everybody;

    @BeforeAll
    static void start() {
        none = open();
        listed = open("https://app.example.com", "https://*.example.org", "null");
        everybody = open("*", "https://app.example.com");
    }

    @AfterAll
    static void stop() {
        none.close();
        listed.close();
        everybody.close();
    }

    private static InProcessJetty open(String... origins) {
        return new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter(
                        "/*",
                        new CorsFilter(new AllowedOrigins(List.of(origins)), OwnSite.PAGES),
                        DispatcherType.REQUEST,
                        DispatcherType.ERROR)
                .filter("/closed", OwnSite.auth(PublishingHub.verifier(), false))
                .servlet("/good", new HttpServlet() {
                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response) {
                        response.addHeader("Vary", "Accept");
                        response.setStatus(201);
                    }
                })
                .servlet("/failing", new HttpServlet() {
                    /** Fails past all filters, as the container does. Jetty drops Vary on the way to the error page. */
                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        var wrapper = (HttpServletResponseWrapper) response;
                        ((HttpServletResponse) wrapper.getResponse()).sendError(507);
                    }
                })
                .servlet("/closed", new HttpServlet() {})
                .servlet("/error", new ErrorServlet())
                .start();
    }

    @ParameterizedTest
    @CsvSource({
        // who is listed, origin, allowed, with credentials
        "none, https://app.example.com, , ",
        "none, 'null', , ",
        "listed, https://app.example.com, https://app.example.com, true",
        "listed, https://a.example.org, https://a.example.org, true",
        "listed, https://a.b.example.org, https://a.b.example.org, true",
        "listed, 'null', null, true",
        "listed, http://app.example.com, , ",
        "listed, https://app.example.com:8443, , ",
        "listed, https://example.org, , ",
        "listed, https://evil-example.org, , ",
        "listed, https://app.example.com.evil.com, , ",
        "listed, https://user@app.example.com, , ",
        "listed, https://app.example.com/, , ",
        "listed, '', , ",
        "listed, *, , ",
        "everybody, https://evil.example, *, ",
        "everybody, 'null', *, ",
        "everybody, nonsense, *, ",
        "everybody, https://app.example.com, https://app.example.com, true"
    })
    void listedOriginsMayReadAndNobodyElse(String site, String origin, String allowed, String credentials) {
        for (String target : List.of("/good", "/closed", "/nowhere", "/failing", "/error")) {
            ResponseHead head = ask(site(site), "GET", target, "Origin: " + origin);

            assertThat(head.headers("Vary")).contains("Origin").doesNotHaveDuplicates();
            assertThat(head.headers(ALLOW_ORIGIN)).as(target).isEqualTo(listOf(allowed));
            assertThat(head.headers(CREDENTIALS)).as(target).isEqualTo(listOf(credentials));
            assertThat(head.headers(EXPOSED))
                    .as(target)
                    .isEqualTo(
                            allowed == null ? List.of() : List.of("Last-Event-ID, Link, Location, Retry-After, ETag"));
        }
    }

    @ParameterizedTest
    @CsvSource({"/good, 201", "/closed, 401", "/nowhere, 404", "/failing, 507", "/error, 404"})
    void theAnswerIsTheSameWhoeverAsks(String target, int status) {
        for (String origin : List.of("X: y", "Origin: https://app.example.com", "Origin: https://evil.example")) {
            assertThat(ask(listed, "GET", target, origin).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "listed", "everybody"})
    void withoutAnOriginNobodyIsNamed(String site) {
        ResponseHead head = ask(site(site), "GET", "/good", "X: y");

        assertThat(head.headers("Vary")).containsExactly("Origin", "Accept");
        assertThat(head.headers(ALLOW_ORIGIN)).isEmpty();
        assertThat(head.headers(CREDENTIALS)).isEmpty();
    }

    @Test
    void twoOriginsAreNone() {
        ResponseHead head =
                ask(everybody, "GET", "/good", "Origin: https://app.example.com", "Origin: https://app.example.com");

        assertThat(head.headers(ALLOW_ORIGIN)).isEmpty();
        ResponseHead preflight =
                preflight(everybody, "/good", "https://app.example.com\r\nOrigin: https://app.example.com");
        assertThat(preflight.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "listed, https://app.example.com, https://app.example.com, true",
        "listed, 'null', null, true",
        "everybody, https://evil.example, *, ",
    })
    void aPreflightIsAnsweredWithoutAToken(String site, String origin, String allowed, String credentials) {
        for (String target : List.of("/good", "/closed", "/nowhere")) {
            ResponseHead head = preflight(site(site), target, origin);

            assertThat(head.status()).isEqualTo(204);
            assertThat(head.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST, DELETE");
            assertThat(head.header("Access-Control-Allow-Headers"))
                    .isEqualTo("authorization, cache-control, content-type, idempotency-key, last-event-id,"
                            + " x-requested-with, traceparent, tracestate, baggage, sentry-trace");
            assertThat(head.header("Access-Control-Max-Age")).isEqualTo("7200");
            assertThat(head.header(ALLOW_ORIGIN)).isEqualTo(allowed);
            assertThat(head.headers(CREDENTIALS)).isEqualTo(listOf(credentials));
            assertThat(head.headers("Vary")).containsExactly("Origin");
        }
    }

    @ParameterizedTest
    @CsvSource({"none, https://app.example.com", "listed, https://evil.example", "none, 'null'", "listed, nonsense"})
    void aPreflightOfAnybodyElseIsRefusedAndSaysWhichSetting(String site, String origin) {
        try (RawClient client = RawClient.connect(site(site).uri())) {
            ResponseHead head = client.send("OPTIONS /closed HTTP/1.1\r\nHost: hub\r\nOrigin: " + origin
                            + "\r\nAccess-Control-Request-Method: POST\r\n\r\n")
                    .head();

            assertThat(head.status()).isEqualTo(403);
            assertThat(head.headers(ALLOW_ORIGIN)).isEmpty();
            assertThat(head.headers("Access-Control-Allow-Methods")).isEmpty();
            assertThat(head.headers("Vary")).containsExactly("Origin");
            assertThat(PublishingHub.json(client.text(head)).path("detail").asText())
                    .contains("tidings.cors.origins");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, Origin: https://evil.example", "OPTIONS, Access-Control-Request-Method: GET"})
    void otherQuestionsForOptionsPass(String method, String header) {
        assertThat(ask(listed, method, "/good", header).status()).isEqualTo(201);
    }

    @Test
    void whatLooksLikeAPreflightWithAnotherMethodPasses() {
        String[] headers = {"Origin: https://evil.example", "Access-Control-Request-Method: POST"};
        assertThat(ask(listed, "POST", "/good", headers).status()).isEqualTo(201);
        assertThat(ask(listed, "GET", "/failing", headers).status()).isEqualTo(507);
    }

    private static InProcessJetty site(String name) {
        return switch (name) {
            case "none" -> none;
            case "listed" -> listed;
            default -> everybody;
        };
    }

    private static List<String> listOf(String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static ResponseHead preflight(InProcessJetty site, String target, String origin) {
        return ask(
                site,
                "OPTIONS",
                target,
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization, x-other");
    }

    private static ResponseHead ask(InProcessJetty site, String method, String target, String... headers) {
        try (RawClient client = RawClient.connect(site.uri())) {
            return client.send(method + " " + target + " HTTP/1.1\r\nHost: hub\r\n" + String.join("\r\n", headers)
                            + "\r\nContent-Length: 0\r\n\r\n")
                    .head();
        }
    }
}
