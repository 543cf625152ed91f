package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfHttp11;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a token at fault nothing is published, and the answer says what is wrong with it; odd users stay themselves. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class TokenFaultsIT {

    private static final Tokens GOOD = Tokens.operator();
    private static final String EVENT = "topic=/faults&msg=x";

    private final Container hub;

    TokenFaultsIT(Container hub) {
        this.hub = hub;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("1001 topic selectors", selectors(Collections.nCopies(1_001, "*"))),
                Arguments.of("not a topic selector", selectors(List.of("/" + "x".repeat(2_048)))),
                Arguments.of("not a topic selector", selectors(List.of("/{v}".repeat(17)))),
                Arguments.of("not a topic selector", selectors(List.of("/a\nb"))),
                Arguments.of("not a topic selector", selectors(List.of(""))),
                Arguments.of("is not a string", selectors(List.of(1))),
                Arguments.of("is not a JSON object", GOOD.claim(Tokens.CLAIM, "*")),
                Arguments.of("control character", GOOD.claim("sub", "a\nb")),
                Arguments.of("control character", GOOD.claim("sub", "a\u0000")),
                Arguments.of("control character", GOOD.claim("sub", "\u007f")),
                Arguments.of("control character", GOOD.claim("sub", "a\u0085")),
                Arguments.of("longer than 255 bytes", GOOD.claim("sub", "x".repeat(256))),
                Arguments.of("is empty", GOOD.claim("sub", "")),
                Arguments.of("neither text nor a number", GOOD.claim("sub", List.of("a"))),
                Arguments.of("neither text nor a number", GOOD.claim("sub", true)),
                Arguments.of("is not signed", GOOD.signedWith(Algorithm.none())),
                Arguments.of("signed with HS384", GOOD.signedWith(Algorithm.HMAC384(Tokens.SECRET))),
                Arguments.of("signature", GOOD.signedWith(Tokens.hmac256("x".repeat(64)))));
    }

    private static Tokens selectors(List<?> publish) {
        return GOOD.claim(Tokens.CLAIM, Map.of("publish", publish));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultIsNamedAndNothingIsPublished(String reason, Tokens token) {
        try (Watch watch = Watch.over(hub)) {
            List<Answer> answers = List.of(
                    Site.post(hub, "/msg", EVENT, "Authorization: " + token.bearer()),
                    Site.post(hub, "/msg", EVENT, Site.OWN, Site.cookie(token)),
                    Site.post(hub, "/msg?token=" + token.jwt(), EVENT),
                    Site.send(hub, "GET", "/msg?" + EVENT, "Authorization: " + token.bearer()));
            for (Answer answer : answers) {
                Requests.assertProblem(answer, 401, reason);
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
                assertThat(answer.toString()).doesNotContain(token.jwt());
            }
            watch.assertNothing();
        }
    }

    /** Over HTTP/2 containers reset such a stream, or end the connection, before there is a request to answer. */
    @OfHttp11
    @ParameterizedTest
    @ValueSource(ints = {8_192, 16_384, 100_000})
    void tokenThatIsTooLongForAHeaderIsRefused(int length) {
        String token = GOOD.claim("x", "x".repeat(length)).jwt();
        try (Watch watch = Watch.over(hub)) {
            assertThat(Site.post(hub, "/msg", EVENT, "Authorization: Bearer " + token)
                            .status())
                    .isIn(400, 431);
            assertThat(Site.post(hub, "/msg", EVENT, Site.OWN, "Cookie: mercureAuthorization=" + token)
                            .status())
                    .isIn(400, 431);
            watch.assertNothing();
        }
        assertThat(hub.logText()).doesNotContain(token);
    }

    @ParameterizedTest
    @CsvSource({
        "*, %2A",
        "{x}, %7Bx%7D",
        "{+x}, %7B%2Bx%7D",
        "a/b, a%2Fb",
        "../all, ..%2Fall",
        "%2A, %252A",
        "a b, a%20b",
        "é, %C3%A9",
        "?#&, %3F%23%26"
    })
    void oddUserHasAnInboxOfItsOwn(String name, String encoded) {
        assertOwnInbox(Tokens.user(name), encoded);
    }

    @Test
    void numberIsAUser() {
        assertOwnInbox(Tokens.anyone().claim("sub", 4711), "4711");
    }

    /** It publishes to its own inbox and reads that, may do neither with another's, and is not read by a namesake. */
    private void assertOwnInbox(Tokens token, String encoded) {
        Publisher own = Publisher.to(hub, token);
        try (StreamRecorder inbox = Streams.open(hub.stream("/events").with(token));
                StreamRecorder others = Streams.open(hub.stream(Streams.events("/users/{id}", "/users/bob", "/marker"))
                        .with(token));
                StreamRecorder bob = Streams.open(
                        hub.stream(Streams.events("/users/bob", "*", "/marker")).with(Tokens.user("bob")))) {
            Answer published = own.post(Publisher.FORM, "msg=mine");
            assertThat(published.status()).isEqualTo(201);
            assertThat(published.json().path("topics").toString()).isEqualTo("[\"/users/" + encoded + "\"]");
            assertThat(own.post(Publisher.FORM, "to=bob&msg=x").status()).isEqualTo(403);
            Publisher.to(hub).post(Publisher.FORM, "to=bob&msg=for+bob");
            Publisher.to(hub).publish("/marker", "marker");

            assertThat(inbox.next().data()).isEqualTo("mine");
            assertThat(Streams.data(others, 2)).containsExactly("mine", "marker");
            assertThat(Streams.data(bob, 2)).containsExactly("for bob", "marker");
        }
    }
}
