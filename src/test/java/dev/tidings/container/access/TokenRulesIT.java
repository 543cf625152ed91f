package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Issuer, audience and the claim of the user, where they are set. */
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        settings = {"tidings.jwt.issuer=https://id.example", "tidings.jwt.audience=hub", "tidings.jwt.user-claim=email"
        })
class TokenRulesIT {

    private static final Tokens GOOD = Tokens.user("not-this")
            .claim("iss", "https://id.example")
            .claim("aud", "hub")
            .claim("email", "alice@id.example");

    private final Container hub;

    TokenRulesIT(Container hub) {
        this.hub = hub;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("no iss, this hub asks for https://id.example", GOOD.without("iss")),
                Arguments.of("another iss", GOOD.claim("iss", "https://id.example/")),
                Arguments.of("no aud, this hub asks for hub", GOOD.without("aud")),
                Arguments.of("another aud", GOOD.claim("aud", "hubs")),
                Arguments.of("another aud", GOOD.claim("aud", List.of("a", "b"))),
                Arguments.of("(claim email) holds a control character", GOOD.claim("email", "a\tb")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatIsNotAsSetIsRefused(String reason, Tokens token) {
        Answer asked = Site.send(hub, "GET", "/token", "Authorization: " + token.bearer());
        Requests.assertProblem(asked, 401, reason);
        Requests.assertProblem(Site.post(hub, "/msg", "msg=x", Site.OWN, Site.cookie(token)), 401, reason);
        Requests.assertProblem(Site.post(hub, "/login", "token=" + token.jwt(), Site.OWN), 401, reason);
    }

    @Test
    void userIsInTheClaimThatIsSet() {
        Tokens token = GOOD.claim("aud", List.of("chat", "hub"));
        Answer answer = Site.send(hub, "GET", "/token", "Authorization: " + token.bearer());
        assertThat(answer.json().path("user").asText()).isEqualTo("alice@id.example");
        assertThat(answer.json().path("publish").toString()).isEqualTo("[\"/users/alice%40id.example\"]");
    }
}
