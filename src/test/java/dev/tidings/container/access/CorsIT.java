package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.container.SiteHub;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages of other sites may read what the hub answers. */
@OfTheDoors
@SiteHub
class CorsIT {

    private static final String AUTHORIZATION =
            "Authorization: " + Tokens.operator().bearer();

    private final Container hub;

    CorsIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "http://localhost:3000",
                "https://a.example.org:8443",
                "https://a.b-c.example.org:8443",
                "null"
            })
    void listedOriginMayReadWithCredentials(String origin) {
        for (String target : List.of("/health", "/events", "/nowhere")) {
            Answer answer = Site.send(hub, "GET", target, "Origin: " + origin);
            assertThat(answer.headers().get("Access-Control-Allow-Origin")).containsExactly(origin);
            assertThat(answer.headers().get("Access-Control-Allow-Credentials")).containsExactly("true");
            assertThat(values(answer, "Access-Control-Expose-Headers"))
                    .containsExactlyInAnyOrder("last-event-id", "link", "location", "retry-after", "etag");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.",
                "https://app.example.com.evil.example",
                "https://evil.example/https://app.example.com",
                "https://app.example.com@evil.example",
                "https://evilapp.example.com",
                "https://example.com",
                "http://localhost",
                "http://localhost:30001",
                "https://example.org:8443",
                "https://.example.org:8443",
                "https://evilexample.org:8443",
                "https://a.example.org",
                "http://a.example.org:8443",
                "https://a.example.org.evil.example:8443",
                "https://*.example.org:8443",
                "https://evil.example",
                "*",
                "file://",
                "nonsense",
                "NULL"
            })
    void nobodyElseMay(String origin) {
        for (String target : List.of("/health", "/events", "/nowhere")) {
            assertNobody(Site.send(hub, "GET", target, "Origin: " + origin));
        }
        assertNobody(Site.send(hub, "OPTIONS", "/msg", "Origin: " + origin, "Access-Control-Request-Method: POST"));
    }

    @Test
    void withoutAnOriginNobodyIsNamed() {
        assertNobody(Site.send(hub, "GET", "/health"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/msg", "/clients", "/clients/x", "/token", "/nowhere", "/"})
    void preflightIsAnsweredWithoutAToken(String target) {
        Answer answer = Site.send(
                hub,
                "OPTIONS",
                target,
                "Origin: https://app.example.com",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type,idempotency-key,x-other");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(values(answer, "Access-Control-Allow-Methods"))
                .containsExactlyInAnyOrder("get", "head", "post", "delete");
        assertThat(values(answer, "Access-Control-Allow-Headers"))
                .containsExactlyInAnyOrder(
                        "authorization",
                        "cache-control",
                        "content-type",
                        "idempotency-key",
                        "last-event-id",
                        "x-requested-with",
                        "traceparent",
                        "tracestate",
                        "baggage",
                        "sentry-trace");
        assertThat(answer.header("Access-Control-Max-Age")).matches("[1-9][0-9]*");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.headers().get("Vary")).containsExactly("Origin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/events | GET, HEAD, OPTIONS",
                "/msg | GET, POST, OPTIONS",
                "/ws | GET, OPTIONS",
                "/.well-known/mercure | GET, HEAD, POST, OPTIONS",
                "/.well-known/mercure/subscriptions | GET, HEAD, OPTIONS",
                "/clients/x | GET, HEAD, DELETE, OPTIONS",
                "/token | GET, HEAD, OPTIONS",
                "/health | GET, HEAD, OPTIONS",
                "/login | GET, HEAD, POST, OPTIONS",
                "/logout | POST, OPTIONS",
                "/console | GET, HEAD, OPTIONS",
                "/assets/home.js | GET, HEAD, OPTIONS",
                "/ | GET, HEAD, OPTIONS"
            })
    void whoAsksForTheMethodsIsToldThemWithoutAToken(String target, String methods) {
        Answer answer = Site.send(hub, "OPTIONS", target, "Origin: https://app.example.com");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo(methods);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(answer.headers().get("Vary")).containsExactly("Origin");
        assertThat(Site.send(hub, "OPTIONS", target).status()).isEqualTo(204);
    }

    @Test
    void preflightDoesNothing() {
        try (Watch watch = Watch.over(hub)) {
            Site.send(
                    hub,
                    "OPTIONS",
                    "/msg?topic=/x&msg=x",
                    AUTHORIZATION,
                    "Origin: https://app.example.com",
                    "Access-Control-Request-Method: POST");
            watch.assertNothing();
        }
    }

    private static void assertNobody(Answer answer) {
        assertThat(answer.headers())
                .doesNotContainKeys(
                        "Access-Control-Allow-Origin",
                        "Access-Control-Allow-Credentials",
                        "Access-Control-Allow-Methods");
        assertThat(answer.headers().get("Vary")).contains("Origin").doesNotHaveDuplicates();
    }

    private static List<String> values(Answer answer, String header) {
        return Arrays.stream(answer.header(header).toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
    }
}
