package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With which tokens one can log in, and what the cookie is then; under the root. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class LoginTokensIT {

    private final Tokens good = Tokens.user(Fresh.user());
    private final Container hub;

    LoginTokensIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void cookieLastsNoLongerThanTheToken() {
        Answer answer = logIn(good.expiring(Duration.ofSeconds(90)).jwt());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/console");
        assertThat(answer.header("Set-Cookie"))
                .matches("mercureAuthorization=[^;]+; Path=/; Max-Age=[1-8]?[0-9]; HttpOnly; SameSite=Strict");
    }

    @Test
    void cookieOfATokenThatLastsForEverLastsAsLongAsTheBrowser() {
        String token = good.without("exp").jwt();
        assertThat(logIn(token).headers().get("Set-Cookie"))
                .containsExactly("mercureAuthorization=" + token + "; Path=/; HttpOnly; SameSite=Strict");
    }

    @Test
    void tokenMayBePastedWithWhatStandsAroundIt() {
        assertThat(logIn("+%0D%0ABearer+" + good.jwt() + "%0A").status()).isEqualTo(303);
    }

    @Test
    void proxyThatIsNotTrustedMakesNoCookieSecure() {
        Answer answer = Site.post(
                hub, "/login", "token=" + good.jwt(), Site.OWN, "X-Forwarded-Proto: https|Forwarded: proto=https");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie")).doesNotContain("Secure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "token= => 401 => empty",
                "token=+%0A => 401 => empty",
                "token=Bearer => 401 => empty",
                "token=garbage => 401 => not a JWT",
                "token=a%0D%0ASet-Cookie:%20x=y => 401 => not a JWT",
                "'' => 400 => no such field",
                "Token=x => 400 => no such field",
                "token=a&token=b => 400 => more than once",
                "token=%ff => 400 => UTF-8",
                "token=%zz => 400 => malformed",
            })
    void whatIsNoTokenIsRefusedAndSaysWhy(String form, int status, String reason) {
        assertRefused(Site.post(hub, "/login", form, Site.OWN), status, reason);
    }

    @Test
    void expiredOneIsRefused() {
        String token = good.expiring(Duration.ofMinutes(-3).minusSeconds(30)).jwt();
        assertRefused(logIn(token), 401, "expired 3 minutes ago");
        Answer page = Site.post(hub, "/login", "token=" + token, Site.OWN, "Accept: text/html");
        Requests.assertPage(page, 401, "expired 3 minutes ago");
        assertThat(page.toString()).doesNotContain(token);
    }

    @Test
    void oneOfAnotherKeyIsRefused() {
        assertRefused(logIn(good.signedWith(Tokens.hmac256(Tokens.SECRET + ".")).jwt()), 401, "signature");
    }

    @Test
    void oneOfTooManySelectorsIsRefused() {
        Map<String, ?> claim = Map.of("publish", Collections.nCopies(1_001, "*"));
        assertRefused(logIn(good.claim(Tokens.CLAIM, claim).jwt()), 401, "1001 topic selectors");
    }

    @Test
    void oneThatNoBrowserWouldKeepIsRefused() {
        assertRefused(logIn(good.claim("x", "x".repeat(3_000)).jwt()), 400, "4096 characters");
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        assertRefused(logIn("x".repeat(10_000)), 413, "bytes");
    }

    @Test
    void anotherFormIsRefused() {
        Answer answer = Site.send(hub, "POST", "/login", Site.OWN, "Content-Type: application/json");
        assertRefused(answer, 415, "form");
    }

    @Test
    void tokenInTheAddressLogsNobodyIn() {
        assertRefused(Site.post(hub, "/login?token=" + good.jwt(), "", Site.OWN), 400, "no such field");
    }

    @Test
    void tokensThatLogInOrDoNotStandInNoLineOfTheLog() {
        String expired = good.expiring(Duration.ofMinutes(-3)).jwt();
        logIn(good.jwt());
        logIn(expired);
        Site.post(hub, "/logout", "", Site.OWN, Site.cookie(good));
        Site.send(hub, "GET", "/events?topic=%zz", Site.cookie(good));
        Site.send(hub, "GET", "/token", "Cookie: mercureAuthorization=" + expired);
        assertThat(hub.logText()).doesNotContain(good.jwt(), expired);
    }

    private Answer logIn(String token) {
        return Site.post(hub, "/login", "token=" + token, Site.OWN);
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        Requests.assertProblem(answer, status, reason);
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
        assertThat(answer.body()).hasSizeLessThan(1_000);
        assertThat(answer.headers().containsKey("WWW-Authenticate")).isEqualTo(status == 401);
    }
}
