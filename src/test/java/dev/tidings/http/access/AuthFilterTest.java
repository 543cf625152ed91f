package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.auth.Grant;
import dev.tidings.http.Authentication;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.ErrorServlet;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthFilterTest {

    private static final String ALICE = Tokens.user("alice").jwt();
    private static final String BOB = Tokens.user("bob").jwt();
    private static final String EXPIRED =
            Tokens.user("alice").expiring(Duration.ofMinutes(-3)).jwt();

    /** Answers with the caller and the place of the token. */
    private static final class Door extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Grant grant = Authentication.of(request).grant();
            response.getOutputStream()
                    .print((grant == null ? null : grant.user()) + " "
                            + Authentication.of(request).source());
        }
    }

    private static InProcessJetty jetty;

    @BeforeAll
    static void start() {
        jetty = new InProcessJetty()
                .filter("/*", new ErrorFilter(), DispatcherType.REQUEST, DispatcherType.ASYNC)
                .filter("/closed", OwnSite.auth(PublishingHub.verifier(), false))
                .filter("/open", OwnSite.auth(PublishingHub.verifier(), true))
                .filter("/keyless", OwnSite.auth(null, false))
                .filter("/keyless-open", OwnSite.auth(null, true))
                .servlet("/*", new Door())
                .servlet("/forward", new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response)
                            throws ServletException, IOException {
                        request.getRequestDispatcher("/open").forward(request, response);
                    }
                })
                .servlet("/async", new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                        request.startAsync().dispatch("/open");
                    }
                })
                .servlet("/error", new ErrorServlet())
                .start();
    }

    @AfterAll
    static void stop() {
        jetty.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void aTokenInTheHeaderIsTaken(String scheme) {
        assertAnswer(jetty.request("/closed").header("Authorization", scheme + ALICE), "alice HEADER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization=", "token=", "token=Bearer%20", "authorization=bearer+", "x=1&token="})
    void aTokenInTheQueryIsTaken(String field) {
        assertAnswer(jetty.request("/closed?" + field + ALICE), "alice QUERY");
    }

    @Test
    void theHeaderWinsAndTheQueryIsNotLookedAt() {
        assertAnswer(
                jetty.request("/closed?token=nonsense&token=%ff").header("Authorization", "Bearer " + ALICE),
                "alice HEADER");
    }

    @Test
    void withoutATokenNothingIsChangedEvenWhereReadersNeedNone() {
        assertThat(jetty.send(jetty.request("/open").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(jetty.send(jetty.request("/keyless-open").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void anotherSchemeCountsAsAbsent() {
        assertAnswer(jetty.request("/closed?token=" + ALICE).header("Authorization", "Basic eDp5"), "alice QUERY");
        assertAnswer(
                jetty.request("/closed").header("Authorization", "Basic eDp5").header("Authorization", "Bearer " + BOB),
                "bob HEADER");
        assertUnauthorized(jetty.request("/closed").header("Authorization", "Bearerx " + ALICE), "Bearer");
    }

    @Test
    void withoutATokenTheDoorSaysHowToShowOne() {
        JsonNode problem = assertUnauthorized(jetty.request("/closed"), "Bearer");

        assertThat(problem.path("detail").asText()).contains("Authorization: Bearer");
    }

    @Test
    void aBadTokenIsRefusedWithTheReason() {
        JsonNode problem = assertUnauthorized(
                jetty.request("/closed").header("Authorization", "Bearer " + EXPIRED),
                "Bearer error=\"invalid_token\"");

        assertThat(problem.path("detail").asText()).contains("expired 3 minutes ago");
    }

    @Test
    void aBadTokenInTheHeaderIsNotSavedByAGoodOneInTheQuery() {
        assertUnauthorized(
                jetty.request("/closed?token=" + ALICE).header("Authorization", "Bearer nonsense"),
                "Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer "})
    void anEmptyTokenInTheHeaderIsABadOne(String header) {
        try (RawClient client = RawClient.connect(jetty.uri())) {
            ResponseHead head = client.send("GET /open HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + header
                            + "\r\nConnection: close\r\n\r\n")
                    .head();

            assertThat(head.status()).isEqualTo(401);
            assertThat(head.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/closed?token=nonsense", "/open?token=nonsense", "/open?authorization=Bearer+nonsense"})
    void aBadTokenInTheQueryIsRefusedEvenWhereNoneIsNeeded(String target) {
        assertUnauthorized(jetty.request(target), "Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"token=", "token", "token=+", "authorization=", "authorization=Bearer", "authorization=bearer+"})
    void anEmptyTokenInTheQueryIsNone(String query) {
        assertUnauthorized(jetty.request("/closed?" + query), "Bearer");
        assertAnswer(jetty.request("/open?" + query), "null null");
    }

    @Test
    void whereNoneIsNeededRequestsPassWithoutAGrant() {
        assertAnswer(jetty.request("/open"), "null null");
    }

    @Test
    void whereNoneIsNeededAGoodTokenCountsAllTheSame() {
        assertAnswer(jetty.request("/open?token=" + ALICE), "alice QUERY");
    }

    @ParameterizedTest
    @CsvSource({"token, token", "token, authorization", "authorization, authorization"})
    void twoTokensInTheQueryAreRefused(String first, String second) {
        assertProblem(
                jetty.send(jetty.request("/closed?" + first + "=" + ALICE + "&" + second + "=" + ALICE)),
                400,
                second + ": A token is given more than once; send one.");
    }

    @Test
    void twoTokensInHeadersAreRefused() {
        assertProblem(
                jetty.send(jetty.request("/closed")
                        .header("Authorization", "Bearer " + ALICE)
                        .header("Authorization", "Bearer " + BOB)),
                400,
                "more than once");
    }

    @Test
    void aMalformedQueryIsRefused() {
        assertProblem(jetty.send(jetty.request("/closed?topic=%ff&token=" + ALICE)), 400, "topic: It is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keyless", "/keyless?token=x", "/keyless-open?token=x"})
    void withoutAKeyTheDoorSaysWhichSettingIsMissing(String target) {
        JsonNode problem = assertProblem(jetty.send(jetty.request(target)), 503, "tidings.jwt.key");

        assertThat(problem.path("detail").asText()).contains("system property").contains("TIDINGS_JWT_KEY");
    }

    @Test
    void whereNoFilterStandsNobodyIsLetInAsAnonymousNorWithAToken() {
        assertUnauthorized(jetty.request("/unguarded"), "Bearer");
        assertUnauthorized(jetty.request("/unguarded?token=" + ALICE), "Bearer");
        assertUnauthorized(jetty.request("/forward"), "Bearer");
        assertUnauthorized(jetty.request("/async"), "Bearer");
    }

    @Test
    void optionsPassAndGetNothing() {
        assertUnauthorized(jetty.request("/closed").method("OPTIONS", HttpRequest.BodyPublishers.noBody()), "Bearer");
        assertUnauthorized(jetty.request("/open").method("OPTIONS", HttpRequest.BodyPublishers.noBody()), "Bearer");
    }

    @Test
    void withoutAKeyAnonymousRequestsPass() {
        assertAnswer(jetty.request("/keyless-open"), "null null");
    }

    private static void assertAnswer(HttpRequest.Builder request, String answer) {
        HttpResponse<String> response = jetty.send(request);
        assertThat(response.body()).isEqualTo(answer);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static JsonNode assertUnauthorized(HttpRequest.Builder request, String challenge) {
        HttpResponse<String> response = jetty.send(request);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains(challenge);
        return assertProblem(response, 401, "");
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String cause) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).doesNotContain(ALICE).doesNotContain(EXPIRED);
        JsonNode problem = PublishingHub.json(response.body());
        assertThat(problem.path("detail").asText()).contains(cause);
        return problem;
    }
}
