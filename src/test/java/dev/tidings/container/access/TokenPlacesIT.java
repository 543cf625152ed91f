package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which token counts where a request has several, although none is needed for a stream here. */
@OfTheDoors
@ConfiguredHub
class TokenPlacesIT {

    private static final String REMOVED = "mercureAuthorization=; Path=/tidings; Max-Age=0" + Site.COOKIE_END;

    private final String alice = Tokens.user("alice").jwt();
    private final String bob = Tokens.user("bob").jwt();
    private final String bad =
            Tokens.user("alice").expiring(Duration.ofMinutes(-3)).jwt();
    private final Container hub;

    TokenPlacesIT(Container hub) {
        this.hub = hub;
    }

    /** Whose token is in which place, and who is let in; - is none. */
    @ParameterizedTest
    @CsvSource({
        // header, query, cookie, who
        "Bearer alice, token=bob, bob, alice",
        "bearer alice, token=bad, bad, alice",
        "Bearer alice, -, bad, alice",
        "Basic bob, token=alice, bob, alice",
        "Basic bob, -, alice, alice",
        "bob, -, alice, alice",
        "-, token=alice, bob, alice",
        "-, authorization=alice, bad, alice",
        "-, authorization=Bearer+alice, -, alice",
        "-, -, alice, alice",
        "-, Token=bob, alice, alice",
        "-, token=, alice, alice",
        "-, authorization=Bearer, alice, alice",
        "-, authorization=&token=alice, bad, alice",
        "-, authorization=&authorization=BEARER+alice, bad, alice",
    })
    void firstPlaceThatHasATokenCounts(String header, String query, String cookie, String who) {
        Answer answer = ask("/token", header, query, cookie);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("user").asText()).isEqualTo(who);
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer bad, token=alice, alice",
        "Bearer bad, -, alice",
        "Bearer bad, -, -",
        "Bearer, token=alice, alice",
        "Bearer alice alice, token=alice, alice",
        "-, token=bad, alice",
        "-, token=garbage, -",
    })
    void badOneInTheFirstPlaceIsRefusedWhateverElseThereIs(String header, String query, String cookie) {
        for (String target : new String[] {"/token", "/events"}) {
            Answer answer = Requests.assertProblem(ask(target, header, query, cookie), 401);
            assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer error=\"invalid_token\"");
            assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "garbage", ""})
    void badOneInTheCookieIsRefusedAndRemoved(String token) {
        for (String target : new String[] {"/token", "/events", "/clients"}) {
            Answer answer = Requests.assertProblem(ask(target, "-", "-", token), 401);
            assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer error=\"invalid_token\"");
            assertThat(answer.headers().get("Set-Cookie")).containsExactly(REMOVED);
        }
    }

    @Test
    void pagesOpenWithABadCookie() {
        for (String page : new String[] {"/", "/login", "/console"}) {
            assertThat(ask(page, "-", "-", "bad").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mercureAuthorization=alice",
                "a=b; mercureAuthorization=alice; c=d",
                "a=b;mercureAuthorization=alice",
                "mercureAuthorization=\"alice\"",
                "a=\"b;mercureAuthorization=alice",
                "$Version=1; mercureAuthorization=alice; $Path=/",
                "a; =; {}=[]; mercureAuthorization=alice",
                "mercureauthorization=bob; xmercureAuthorization=bob; mercureAuthorization=alice",
                "a=mercureAuthorization=bob; mercureAuthorization=alice",
                "a=b|Cookie: mercureAuthorization=alice"
            })
    void cookieIsFoundAmongOthers(String cookies) {
        Answer answer = Site.send(hub, "GET", "/token", "Cookie: " + filled(cookies));
        assertThat(answer.json().path("user").asText()).isEqualTo("alice");
    }

    /** A browser sends those of other paths, and of the whole domain, along. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: mercureAuthorization=alice; mercureAuthorization=bob",
                "Cookie: mercureAuthorization=alice|Cookie: mercureAuthorization=bob",
                "Cookie: mercureAuthorization=bad; mercureAuthorization=alice",
                "Cookie: mercureAuthorization=garbage|Cookie: mercureAuthorization=alice",
                "Cookie: mercureAuthorization=; mercureAuthorization=alice; mercureAuthorization=bad",
            })
    void ofSeveralCookiesTheFirstThatIsGoodCounts(String headers) {
        Answer answer = Site.send(hub, "GET", "/token", filled(headers));
        assertThat(answer.json().path("user").asText()).isEqualTo("alice");
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void whereNoneOfSeveralCookiesIsGoodNoneIsRemoved() {
        Answer answer = Requests.assertProblem(
                Site.send(hub, "GET", "/token", filled("Cookie: mercureAuthorization=bad; mercureAuthorization=bad")),
                401,
                "expired");
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void twoInTheHeaderAreRefused() {
        Answer answer =
                Site.send(hub, "GET", "/token", filled("Authorization: Bearer alice|Authorization: Bearer bob"));
        Requests.assertProblem(answer, 400, "more than once");
        assertThat(answer.body()).doesNotContain(alice, bob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=alice&token=bob",
                "token=alice&authorization=alice",
                "authorization=alice&token=&token=bob"
            })
    void twoInTheQueryAreRefused(String query) {
        Requests.assertProblem(Site.send(hub, "GET", "/token?" + filled(query)), 400, "more than once");
    }

    @Test
    void withoutOneOnlyStreamsOpen() {
        assertThat(ask("/events", "-", "-", "-").status()).isEqualTo(200);
        for (String target : new String[] {"/clients", "/msg?msg=x"}) {
            Answer answer = Requests.assertProblem(Site.send(hub, "GET", target), 401, "Authorization: Bearer");
            assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer");
        }
        assertThat(Site.post(hub, "/msg", "topic=/a&msg=x", Site.OWN).status()).isEqualTo(401);
    }

    @Test
    void queryMayBeEscaped() {
        String escaped = alice.replace(".", "%2E").replace("e", "%65");
        assertThat(Site.send(hub, "GET", "/token?%74oken=" + escaped).status()).isEqualTo(200);
    }

    @Test
    void noSessionIsEverBegun() {
        for (String target : new String[] {"/", "/login", "/console", "/token", "/events", "/health", "/nothing"}) {
            Answer answer = ask(target, "Bearer alice", "-", "-");
            assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
            assertThat(answer.toString()).doesNotContainIgnoringCase("jsessionid");
        }
    }

    private Answer ask(String target, String header, String query, String cookie) {
        return Site.send(
                hub,
                "GET",
                target + (query.equals("-") ? "?topic=/a" : "?topic=/a&" + filled(query)),
                header.equals("-") ? "" : "Authorization: " + filled(header),
                cookie.equals("-") ? "" : "Cookie: mercureAuthorization=" + filled(cookie));
    }

    private String filled(String text) {
        return text.replaceAll("\\balice\\b", alice)
                .replaceAll("\\bbob\\b", bob)
                .replaceAll("\\bbad\\b", bad);
    }
}
