package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private static final String ALICE = Tokens.user("alice").without("exp").jwt();
    private static final String EXPIRED =
            Tokens.user("alice").expiring(Duration.ofMinutes(-3)).jwt();

    private static CookieSite site;

    @BeforeAll
    static void start() {
        site = new CookieSite();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void aGoodTokenIsPutIntoTheCookie() {
        CookieSite.Answer answer = site.postForm("/login", "token=" + ALICE);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.head().header("Location")).isEqualTo("/console");
        assertThat(answer.head().headers("Set-Cookie"))
                .containsExactly("mercureAuthorization=" + ALICE + "; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer.head().header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.head().header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void theCookieIsThenTheToken() {
        String cookie = site.postForm("/login", "token=" + ALICE).head().header("Set-Cookie");
        String pair = cookie.substring(0, cookie.indexOf(';'));

        assertThat(site.send("GET", "/door", "Cookie: " + pair).body()).isEqualTo("alice COOKIE");
    }

    @Test
    void theCookieAndTheRedirectKeepToTheContext() {
        try (CookieSite below = new CookieSite("/tidings", OwnSite.COOKIE)) {
            CookieSite.Answer in = below.postForm("/tidings/login", "token=" + ALICE);
            assertThat(in.head().header("Location")).isEqualTo("/tidings/console");
            assertThat(in.head().header("Set-Cookie")).contains("; Path=/tidings;");

            CookieSite.Answer out = below.postForm("/tidings/logout", "");
            assertThat(out.head().header("Location")).isEqualTo("/tidings/");
            assertThat(out.head().header("Set-Cookie")).contains("; Path=/tidings;");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer+", "bearer%20", "++", "%0D%0A", "Bearer+++"})
    void aTokenIsTakenAsPeoplePasteIt(String before) {
        CookieSite.Answer answer = site.postForm("/login", "then=x&token=" + before + ALICE + "%0A+&button=");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.head().header("Set-Cookie")).startsWith("mercureAuthorization=" + ALICE + ";");
    }

    @Test
    void theCookieLivesNoLongerThanTheToken() {
        var clock = new ManualClock(Instant.ofEpochSecond(Instant.now().getEpochSecond()));
        var cookie = new TokenCookie("mercureAuthorization", "Strict", "auto", OwnSite.NO_PROXIES, clock);
        String token = Tokens.user("alice")
                .expiring(clock.instant().plusSeconds(3_600))
                .jwt();
        String far = Tokens.user("alice")
                .expiring(Instant.ofEpochSecond(253_402_300_799L))
                .jwt();
        try (CookieSite other = new CookieSite("", cookie)) {
            assertThat(setCookie(other, token)).contains("; Max-Age=3600;");
            clock.advance(Duration.ofMillis(1));
            assertThat(setCookie(other, token)).contains("; Max-Age=3599;");
            clock.advance(Duration.ofHours(2));
            assertThat(setCookie(other, token)).contains("; Max-Age=0;");
            assertThat(setCookie(other, far)).containsPattern("; Max-Age=\\d{12};");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Strict, auto, false, ; SameSite=Strict",
        "Strict, auto, true, ; SameSite=Strict; Secure",
        "Strict, true, false, ; SameSite=Strict; Secure",
        "Strict, false, true, ; SameSite=Strict",
        "Lax, auto, false, ; SameSite=Lax",
        "Lax, auto, true, ; SameSite=Lax; Secure",
        "None, auto, false, ; SameSite=None; Secure",
        "None, false, false, ; SameSite=None; Secure"
    })
    void theCookieIsSecureAsConfiguredOrAsTheProxySays(String sameSite, String secure, boolean https, String end) {
        TrustedProxies proxies = TrustedProxies.of(List.of("127.0.0.1"));
        try (CookieSite other =
                new CookieSite("", new TokenCookie("c", sameSite, secure, proxies, new ManualClock()))) {
            String scheme = "X-Forwarded-Proto: " + (https ? "https" : "http");
            String in =
                    other.postForm("/login", "token=" + ALICE, scheme).head().header("Set-Cookie");
            assertThat(in).startsWith("c=" + ALICE + "; Path=/; ").endsWith("; HttpOnly" + end);
            assertThat(other.postForm("/logout", "", scheme).head().header("Set-Cookie"))
                    .isEqualTo("c=; Path=/; Max-Age=0; HttpOnly" + end);
        }
    }

    @Test
    void anUnknownProxyMakesNoCookieSecure() {
        assertThat(site.postForm("/login", "token=" + ALICE, "X-Forwarded-Proto: https")
                        .head()
                        .header("Set-Cookie"))
                .doesNotContain("Secure");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400, token: The form has no such field.",
        "Token=x, 400, token: The form has no such field.",
        "token=a&token=b, 400, token: It is given more than once.",
        "token=, 401, is empty; paste a token",
        "token=+%0A, 401, is empty; paste a token",
        "token=Bearer, 401, is empty; paste a token",
        "token=nonsense, 401, this is not a JWT",
        "token=%ff, 400, token: It is not UTF-8",
        "token=%zz, 400, malformed",
        "token=a%0D%0ASet-Cookie:x, 401, this is not a JWT"
    })
    void anythingElseIsRefusedAndSaysWhy(String form, int status, String reason) {
        JsonNode problem = assertRefused(site.postForm("/login", form), status);

        assertThat(problem.path("detail").asText()).contains(reason);
    }

    @Test
    void anExpiredTokenIsRefusedWithItsReason() {
        CookieSite.Answer answer = site.postForm("/login", "token=" + EXPIRED);

        assertThat(assertRefused(answer, 401).path("detail").asText())
                .isEqualTo("the token expired 3 minutes ago. Use a new one");
        assertThat(answer.head().header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void aBrowserGetsAPageThatSaysWhy() {
        CookieSite.Answer answer = site.postForm("/login", "token=" + EXPIRED, "Accept: text/html,*/*;q=0.8");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.body()).contains("expired 3 minutes ago").doesNotContain(EXPIRED);
    }

    @Test
    void aFailedLoginLeavesTheCookieThatIsThere() {
        CookieSite.Answer answer = site.postForm("/login", "token=nonsense", CookieSite.WITH_COOKIE);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().headers("Set-Cookie")).isEmpty();
    }

    @Test
    void aTokenThatNoBrowserWouldKeepIsRefused() {
        String tooLong = Tokens.user("alice").claim("x", "x".repeat(3_000)).jwt();
        assertThat(tooLong).hasSizeBetween(4_077, 8_000);

        assertThat(assertRefused(site.postForm("/login", "token=" + tooLong), 400)
                        .path("detail")
                        .asText())
                .contains("4096 characters");
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        assertRefused(site.postForm("/login", "token=" + "x".repeat(8_187)), 413);
        assertRefused(
                site.send(
                        "POST",
                        "/login",
                        "Origin: http://" + CookieSite.HOST,
                        "Content-Type: application/x-www-form-urlencoded"),
                400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", ""})
    void anotherContentTypeIsRefused(String type) {
        CookieSite.Answer answer = site.send(
                "POST",
                "/login",
                "Origin: http://" + CookieSite.HOST,
                type.isEmpty() ? "X: y" : "Content-Type: " + type);

        assertThat(assertRefused(answer, 415).path("detail").asText()).contains("form");
    }

    @Test
    void whoIsRefusedForItsPageHasItsTokenNotLookedAt() {
        CookieSite.Answer answer =
                site.send("POST", "/login", "Origin: http://evil.example", "Content-Type: text/plain");

        assertRefused(answer, 403);
    }

    @Test
    void withoutAKeyNobodyLogsIn() {
        try (InProcessJetty keyless = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/login", OwnSite.login(null, OwnSite.COOKIE, OwnSite.PAGES))
                .start()) {
            var request = keyless.request("/login")
                    .header("Sec-Fetch-Site", "same-origin")
                    .POST(BodyPublishers.ofString("token=x"));
            assertThat(keyless.send(request).statusCode()).isEqualTo(503);
            assertThat(keyless.send(request).body()).contains("tidings.jwt.key");
        }
    }

    @Test
    void thePageWithTheFormIsSomebodyElses() {
        assertThat(site.send("GET", "/login").body()).isEqualTo("the form");
        assertThat(site.send("HEAD", "/login").status()).isEqualTo(200);
        assertThat(site.send("PUT", "/login").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mercureAuthorization=x", "a=b; mercureAuthorization="})
    void loggingOutRemovesTheCookieWhateverItHolds(String cookie) {
        CookieSite.Answer answer = site.postForm("/logout", "a=b", cookie.isEmpty() ? "X: y" : "Cookie: " + cookie);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.head().header("Location")).isEqualTo("/");
        assertThat(answer.head().headers("Set-Cookie"))
                .containsExactly("mercureAuthorization=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "PUT"})
    void onlyAPostLogsOut(String method) {
        CookieSite.Answer answer = site.send(method, "/logout", "Origin: http://" + CookieSite.HOST);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.head().header("Allow")).isEqualTo("POST");
        assertThat(answer.head().headers("Set-Cookie")).isEmpty();
    }

    private static String setCookie(CookieSite site, String token) {
        return site.postForm("/login", "token=" + token).head().header("Set-Cookie");
    }

    private static JsonNode assertRefused(CookieSite.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.head().header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.head().headers("Set-Cookie")).isEmpty();
        assertThat(answer.body()).doesNotContain(EXPIRED).hasSizeLessThan(1_000);
        return PublishingHub.json(answer.body());
    }
}
