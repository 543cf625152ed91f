package dev.tidings.container.access;

import static dev.tidings.container.Requests.assertPage;
import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token stands in a request, and what those hear whose token is refused. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class TokensIT {

    private static final Duration GONE = Duration.ofMinutes(-3).minusSeconds(30);

    private final String user = Fresh.user();
    private final Tokens good = Tokens.user(user);
    private final Tokens expired = good.expiring(GONE);
    private final Container hub;

    TokensIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void headerHoldsItWhateverTheCaseOfTheScheme(String scheme) {
        assertOpens("/events", "Authorization: " + scheme + good.jwt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization=", "token=", "authorization=Bearer%20", "token=bearer+", "x=y&token="})
    void queryHoldsIt(String field) {
        assertOpens("/events?" + field + good.jwt());
    }

    @Test
    void headerIsLookedAtBeforeTheQuery() {
        assertOpens("/events?token=" + expired.jwt(), "Authorization: " + good.bearer());
        assertRefused("/events?token=" + good.jwt(), "Authorization: " + expired.bearer());
    }

    @Test
    void anotherSchemeCountsAsAbsent() {
        assertOpens("/events?token=" + good.jwt(), "Authorization: Basic YWxpY2U6c2VjcmV0");
        Answer answer = Requests.get(hub, "/events", "Authorization: Basic YWxpY2U6c2VjcmV0");
        assertProblem(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void tokenMayLastForEver() {
        assertOpens("/events", "Authorization: " + good.without("exp").bearer());
    }

    @Test
    void withoutOneTheAnswerSaysWhereItGoes() {
        Answer answer = assertProblem(Requests.get(hub, "/events"), 401, "Authorization: Bearer", "token");
        assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer");
    }

    @Test
    void expiredOneIsToldSinceWhen() {
        assertProblem(assertRefused("/events", "Authorization: " + expired.bearer()), 401, "expired 3 minutes ago");
    }

    @Test
    void clocksMayDifferByFiveSeconds() {
        assertOpens(
                "/events",
                "Authorization: " + good.expiring(Duration.ofSeconds(-2)).bearer());
        assertOpens("/events", "Authorization: " + notBefore(2).bearer());
    }

    @Test
    void oneThatIsNotValidYetIsToldSo() {
        assertProblem(
                assertRefused("/events", "Authorization: " + notBefore(3_600).bearer()), 401, "valid in");
    }

    @Test
    void anotherAlgorithmIsNamedWithTheOneAccepted() {
        Tokens token = good.signedWith(Algorithm.HMAC512(Tokens.SECRET));
        assertProblem(
                assertRefused("/events", "Authorization: " + token.bearer()),
                401,
                "signed with HS512, this hub accepts HS256");
    }

    @Test
    void unsignedOneIsRefused() {
        assertProblem(
                assertRefused(
                        "/events",
                        "Authorization: " + good.signedWith(Algorithm.none()).bearer()),
                401,
                "not signed");
    }

    @Test
    void oneSignedWithAnotherKeyIsRefused() {
        Tokens token = good.signedWith(Tokens.hmac256(Tokens.SECRET + "."));
        assertProblem(assertRefused("/events", "Authorization: " + token.bearer()), 401, "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "é"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused("/events?token=" + Streams.encode(text));
        assertRefused("/events", "Authorization: Bearer " + text);
    }

    @Test
    void emptyOneInTheHeaderIsABadOneAndInTheQueryNone() {
        assertRefused("/events", "Authorization: Bearer");
        Answer answer = assertProblem(Requests.get(hub, "/events?token="), 401);
        assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer");
    }

    @Test
    void publishingAsksForOneToo() {
        assertProblem(Requests.send("POST", hub, "/msg", "Content-Type: application/json"), 401);
        assertProblem(
                Requests.send(
                        "POST", hub, "/msg", "Content-Type: application/json", "Authorization: " + expired.bearer()),
                401,
                "expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/events;x=y",
                "//events",
                "/./events",
                "/x/../events",
                "/%65vents",
                "/events%3B",
                "/events%00",
                "/EVENTS",
                "/events/.",
                "/;/events"
            })
    void noSpellingOfTheAddressGetsAroundIt(String target) {
        assertThat(Requests.get(hub, target + "?topic=/all").status()).isIn(400, 401, 404);
    }

    @Test
    void noAnswerRepeatsIt() {
        String jwt = expired.jwt();
        Answer problem = Requests.get(hub, "/events?token=" + jwt);
        Answer page = Requests.get(hub, "/events?token=" + jwt, "Accept: text/html");
        assertThat(problem.toString()).doesNotContain(jwt);
        assertThat(page.toString()).doesNotContain(jwt);
        assertPage(page, 401, "expired 3 minutes ago");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void noLineOfTheLogHoldsIt() {
        Requests.get(hub, "/events?token=" + good.jwt());
        Requests.get(hub, "/events?token=" + expired.jwt());
        Requests.get(hub, "/events?topic=%zz", "Authorization: " + good.bearer());
        assertThat(hub.logText()).doesNotContain(good.jwt(), expired.jwt(), Tokens.SECRET);
    }

    private Tokens notBefore(long secondsFromNow) {
        return good.claim("nbf", Instant.now().getEpochSecond() + secondsFromNow);
    }

    private void assertOpens(String target, String... headers) {
        Answer answer = Requests.get(hub, target, headers);
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    }

    private Answer assertRefused(String target, String... headers) {
        Answer answer = assertProblem(Requests.get(hub, target, headers), 401);
        assertThat(answer.headers().get("WWW-Authenticate")).containsExactly("Bearer error=\"invalid_token\"");
        return answer;
    }
}
