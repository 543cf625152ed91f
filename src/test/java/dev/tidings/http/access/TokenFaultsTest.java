package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.http.Authentication;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.TokenSource;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of a token in every place, at an address that needs no token. */
class TokenFaultsTest {

    private static final List<TokenSource> PLACES = List.of(TokenSource.HEADER, TokenSource.QUERY, TokenSource.COOKIE);

    private static final Tokens GOOD =
            Tokens.user("GIVEAWAY").claim("iss", "https://id.example").claim("aud", List.of("chat", "hub"));

    private static final AtomicInteger ENTERED = new AtomicInteger();

    private static InProcessJetty jetty;

    @BeforeAll
    static void start() {
        var rules = new TokenRules(
                "https://id.example", "hub", "sub", new DefaultGrant(List.of("/users/{sub}"), List.of()));
        var verifier =
                new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(Tokens.SECRET), rules, Clock.systemUTC());
        jetty = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/*", OwnSite.auth(verifier, true))
                .servlet("/door", new HttpServlet() {
                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        ENTERED.incrementAndGet();
                        response.getOutputStream()
                                .print(String.valueOf(Authentication.of(request).source()));
                    }
                })
                .start();
    }

    @AfterAll
    static void stop() {
        jetty.close();
    }

    static Stream<Arguments> faults() {
        Algorithm otherKey = Tokens.hmac256("another secret, as long as the hash asks: 0123456789");
        return Stream.of(
                fault("garbage", "this is not a JWT"),
                fault("e30.e30.e30", "does not say how it is signed"),
                fault(GOOD.jwt() + "x", "signature does not match"),
                fault(GOOD.jwt().replaceFirst("\\.[^.]*$", "."), "signature does not match"),
                fault(GOOD.signedWith(Algorithm.none()).jwt(), "is not signed, this hub accepts HS256"),
                fault(
                        GOOD.signedWith(Algorithm.HMAC512(Tokens.SECRET)).jwt(),
                        "signed with HS512, this hub accepts HS256"),
                fault(GOOD.signedWith(otherKey).jwt(), "signature does not match this hub's key"),
                fault(GOOD.expiring(Duration.ofMinutes(-3)).jwt(), "expired 3 minutes ago"),
                fault(
                        GOOD.claim("nbf", Instant.now().plusSeconds(7_230).getEpochSecond())
                                .jwt(),
                        "valid in 2 hours"),
                fault(GOOD.claim("iss", "https://evil.example").jwt(), "another iss, this hub asks for"),
                fault(
                        GOOD.claim("exp", 1767268800000L).jwt(),
                        "exp is beyond the year 9999, as if it were in milliseconds"),
                fault(GOOD.claim("exp", "soon").jwt(), "exp is no time"),
                fault(GOOD.without("iss").jwt(), "no iss, this hub asks for"),
                fault(GOOD.claim("aud", "chat").jwt(), "another aud, this hub asks for hub"),
                fault(GOOD.without("aud").jwt(), "no aud, this hub asks for hub"),
                fault(GOOD.claim("sub", "GIVEAWAY\n").jwt(), "(claim sub) holds a control character"),
                fault(GOOD.claim("sub", "x".repeat(256)).jwt(), "(claim sub) is longer than 255 bytes"),
                fault(GOOD.claim("sub", List.of()).jwt(), "(claim sub) is neither text nor a number"),
                fault(
                        GOOD.claim("mercure", Map.of("publish", Collections.nCopies(1_001, "*")))
                                .jwt(),
                        "1001 topic selectors"),
                fault(
                        GOOD.claim("mercure", Map.of("publish", List.of("/" + "x".repeat(2_048))))
                                .jwt(),
                        "not a topic selector"),
                fault(GOOD.claim("mercure", Map.of("subscribe", "*")).jwt(), "mercure.subscribe is not a list"));
    }

    private static Arguments fault(String token, String reason) {
        return Arguments.of(token, reason);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void aBadTokenIsRefusedWithItsReasonWhereverItStands(String token, String reason) {
        for (TokenSource source : PLACES) {
            int before = ENTERED.get();
            try (RawClient client = RawClient.connect(jetty.uri())) {
                ResponseHead head = client.send(request(source, token)).head();
                String body = client.text(head);

                assertThat(head.status()).as("%s %s", source, body).isEqualTo(401);
                assertThat(head.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
                assertThat(head.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(head.headers("Set-Cookie")).hasSize(source == TokenSource.COOKIE ? 1 : 0);
                assertThat(PublishingHub.json(body).path("detail").asText()).contains(reason);
                assertThat(body).doesNotContain("GIVEAWAY");
                assertThat(token.split("\\."))
                        .allSatisfy(part -> assertThat(part.length() > 10 && body.contains(part))
                                .isFalse());
            }
            assertThat(ENTERED).hasValue(before);
        }
    }

    static Stream<Tokens> good() {
        return Stream.of(
                GOOD,
                GOOD.without("exp"),
                GOOD.expiring(Duration.ofSeconds(-1)),
                GOOD.claim("nbf", Instant.now().plusSeconds(2).getEpochSecond()),
                GOOD.claim("sub", 4711),
                GOOD.claim("sub", "*"),
                GOOD.claim("sub", "{x}"),
                GOOD.claim("sub", "a/b"),
                GOOD.without("sub"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodTokenIsAcceptedWhereverItStands(Tokens token) {
        for (TokenSource source : PLACES) {
            try (RawClient client = RawClient.connect(jetty.uri())) {
                ResponseHead head = client.send(request(source, token.jwt())).head();
                assertThat(client.text(head)).isEqualTo(source.name());
                assertThat(head.headers("Set-Cookie")).isEmpty();
            }
        }
    }

    private static String request(TokenSource source, String token) {
        String line =
                "GET /door" + (source == TokenSource.QUERY ? "?token=" + token : "") + " HTTP/1.1\r\nHost: hub\r\n";
        return line
                + switch (source) {
                    case HEADER -> "Authorization: Bearer " + token + "\r\n\r\n";
                    case QUERY -> "\r\n";
                    case COOKIE -> "Cookie: mercureAuthorization=" + token + "\r\n\r\n";
                    case TICKET -> throw new AssertionError("a ticket is no token");
                };
    }
}
