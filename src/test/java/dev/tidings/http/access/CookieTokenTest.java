package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTokenTest {

    private static final String ALICE = Tokens.user("alice").jwt();
    private static final String BOB = Tokens.user("bob").jwt();
    private static final String REMOVED = "mercureAuthorization=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";

    /** Says that it is signed with RS256; nobody gets to look at the signature. */
    private static final String RS256 = "eyJhbGciOiJSUzI1NiJ9.e30.AAAA";

    private static CookieSite site;

    @BeforeAll
    static void start() {
        site = new CookieSite();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: mercureAuthorization=ALICE",
                "cookie: a=b; mercureAuthorization=ALICE; c=d",
                "Cookie: a=b;mercureAuthorization=ALICE",
                "Cookie: mercureAuthorization = ALICE ;",
                "Cookie: mercureAuthorization=\"ALICE\"",
                "Cookie: =; x; ;=; mercureauthorization=BOB; xmercureAuthorization=BOB; mercureAuthorization=ALICE",
                "Cookie: a=mercureAuthorization=BOB; mercureAuthorization=ALICE",
                "Cookie: a=b\r\nCookie: mercureAuthorization=ALICE"
            })
    void aTokenInTheCookieIsTaken(String header) {
        assertThat(site.send("GET", "/door", header.replace("ALICE", ALICE).replace("BOB", BOB))
                        .body())
                .isEqualTo("alice COOKIE");
    }

    @Test
    void theNameOfTheCookieCanBeSet() {
        var cookie = new TokenCookie("__Host-t", "Strict", "true", OwnSite.NO_PROXIES, Clock.systemUTC());
        try (CookieSite other = new CookieSite("", cookie)) {
            assertThat(other.send("GET", "/door", "Cookie: mercureAuthorization=x; __Host-t=" + ALICE)
                            .body())
                    .isEqualTo("alice COOKIE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a=b", "a;b", "a,b", "\"a\"", "n\u00e4me", "a\r\nb", "a/b", "[a]"})
    void aNameThatNoCookieMayHaveIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenCookie(name, "Strict", "auto", OwnSite.NO_PROXIES, Clock.systemUTC()))
                .withMessageContaining("cannot be the name of a cookie");
    }

    @Test
    void aNameMayHave255Characters() {
        var longest = new TokenCookie("c".repeat(255), "Strict", "auto", OwnSite.NO_PROXIES, Clock.systemUTC());
        assertThat(longest.holds("x".repeat(4096 - 255))).isTrue();
        assertThat(longest.holds("x".repeat(4096 - 254))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TokenCookie("c".repeat(256), "Strict", "auto", OwnSite.NO_PROXIES, Clock.systemUTC()))
                .withMessageContaining("at most 255 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "__Host-t, Strict, false, false",
        "__secure-t, Lax, false, false",
        "__Host-t, Strict, auto, true",
        "__Host-t, Strict, true, true",
        "__Host-t, None, false, true",
        "t, Strict, false, true",
    })
    void aNameThatAsksForASecureCookieTakesNoOther(String name, String sameSite, String secure, boolean taken) {
        ThrowingCallable make = () -> new TokenCookie(name, sameSite, secure, OwnSite.NO_PROXIES, Clock.systemUTC());
        if (taken) {
            assertThatCode(make).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException().isThrownBy(make).withMessageContaining("not Secure");
        }
    }

    /** That a token cannot be judged now is said rather than that another is bad, and no cookie is removed for it. */
    @ParameterizedTest
    @CsvSource({"HS256 RS256", "RS256 HS256", "RS256"})
    void whileKeysCannotBeReadNobodyIsLoggedOut(String algorithms) {
        Logger quiet = Logger.getLogger("dev.tidings.auth");
        quiet.setLevel(Level.OFF);
        var rules = new TokenRules(null, null, "sub", new DefaultGrant(List.of(), List.of()));
        var verifier = new TokenVerifier(
                SigningAlgorithm.RS256,
                KeySources.ofSet("file:/nowhere/jwks.json", System::nanoTime),
                rules,
                Clock.systemUTC());
        try (InProcessJetty keyless = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/*", OwnSite.auth(verifier, true))
                .start()) {
            String cookies = Arrays.stream(algorithms.split(" "))
                    .map(of -> "mercureAuthorization=" + (of.equals("HS256") ? ALICE : RS256))
                    .collect(Collectors.joining("; "));
            var answer = keyless.send(keyless.request("/").header("Cookie", cookies));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        } finally {
            quiet.setLevel(null);
        }
    }

    /** Which places have a good token (of whom), a bad one, or none, and who is let in from where. */
    @ParameterizedTest
    @CsvSource({
        // header, query, cookie, answer
        "alice, bob, bob, alice HEADER",
        "alice, bad, bad, alice HEADER",
        "alice, none, bad, alice HEADER",
        "alice, none, none, alice HEADER",
        "bad, alice, alice, 401",
        "bad, none, alice, 401",
        "empty, alice, alice, 401",
        "basic, alice, bob, alice QUERY",
        "basic, none, alice, alice COOKIE",
        "none, alice, bob, alice QUERY",
        "none, alice, bad, alice QUERY",
        "none, bad, alice, 401",
        "none, empty, alice, alice COOKIE",
        "none, empty, none, 401",
        "none, none, alice, alice COOKIE",
        "none, none, bad, 401 removed",
        "none, none, empty, 401 removed",
        "none, none, none, 401"
    })
    void theFirstPlaceThatHasATokenCounts(String header, String query, String cookie, String answer) {
        String scheme = header.equals("basic") ? "Basic " : "Bearer ";
        String target = query.equals("none") ? "/door" : "/door?token=" + token(query);
        CookieSite.Answer given = site.send(
                "GET",
                target,
                header.equals("none") ? "X: y" : "Authorization: " + scheme + token(header),
                cookie.equals("none") ? "X: y" : "Cookie: mercureAuthorization=" + token(cookie));

        if (answer.startsWith("401")) {
            assertThat(given.status()).isEqualTo(401);
            assertThat(given.head().headers("Set-Cookie"))
                    .isEqualTo(answer.endsWith("removed") ? List.of(REMOVED) : List.of());
        } else {
            assertThat(given.body()).isEqualTo(answer);
            assertThat(given.head().headers("Set-Cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alice bob, alice COOKIE",
        "bad alice, alice COOKIE",
        "alice bad, alice COOKIE",
        "empty bad alice bob, alice COOKIE",
        "bad bad, 401",
        "empty bad, 401",
    })
    void ofSeveralCookiesOfThatNameTheFirstThatIsGoodCountsAndNoneIsRemoved(String tokens, String answer) {
        String cookies = Arrays.stream(tokens.split(" "))
                .map(of -> "mercureAuthorization=" + token(of))
                .collect(Collectors.joining("; "));
        String lines = cookies.replace("; ", "\r\nCookie: ");
        for (String header : List.of(cookies, lines)) {
            CookieSite.Answer given = site.send("GET", "/door", "Cookie: " + header);
            if (answer.equals("401")) {
                assertThat(given.status()).isEqualTo(401);
            } else {
                assertThat(given.body()).isEqualTo(answer);
            }
            assertThat(given.head().headers("Set-Cookie")).isEmpty();
        }
    }

    /** With a second cookie the request has to come from a page of ours as well. */
    @Test
    void aGoodCookieBesideAStaleOneChangesNothingForAPageOfAnotherSite() {
        String cookies = "Cookie: mercureAuthorization=" + token("bad") + "; mercureAuthorization=" + ALICE;
        assertThat(site.send("POST", "/door", cookies, "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(site.send("POST", "/door", cookies, "Origin: http://" + CookieSite.HOST)
                        .body())
                .isEqualTo("alice COOKIE");
    }

    @Test
    void aBadCookieIsRefusedAndRemovedEvenWhereNoTokenIsNeeded() {
        try (InProcessJetty open = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/*", OwnSite.auth(PublishingHub.verifier(), true))
                .start()) {
            var answer = open.send(open.request("/").header("Cookie", "mercureAuthorization=nonsense"));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().allValues("Set-Cookie")).containsExactly(REMOVED);
        }
    }

    @Test
    void withoutAKeyACookieIsNotAtFault() {
        try (InProcessJetty keyless = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/*", OwnSite.auth(null, false))
                .start()) {
            var answer = keyless.send(keyless.request("/").header("Cookie", "mercureAuthorization=" + ALICE));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    private static String token(String of) {
        return switch (of) {
            case "alice", "basic" -> ALICE;
            case "bob" -> BOB;
            case "bad" -> Tokens.user("alice").expiring(Duration.ofMinutes(-3)).jwt();
            default -> "";
        };
    }
}
