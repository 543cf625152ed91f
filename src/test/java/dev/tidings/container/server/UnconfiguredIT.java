package dev.tidings.container.server;

import static dev.tidings.container.Requests.assertPage;
import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub without a key is deployed, and says what is missing to whoever comes. */
@ParameterizedClass
@MethodSource("specs")
class UnconfiguredIT {

    private static final String AUTHORIZATION =
            "Authorization: " + Tokens.operator().bearer();

    private final Container hub;

    UnconfiguredIT(ContainerSpec spec) {
        this.hub = spec.shared();
    }

    static Stream<ContainerSpec> specs() {
        return Rounds.of(List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY), List.of(ContainerKind.values()))
                .stream()
                .map(kind -> ContainerSpec.of(kind).under("/tidings").without("tidings.jwt.key"));
    }

    @Test
    void homePageNamesTheSettingAndHowToSetItInTomcatAndInJetty() {
        assertPage(
                Requests.get(hub, "/", "Accept: text/html"),
                200,
                "tidings.jwt.key",
                "TIDINGS_JWT_KEY",
                "Tomcat",
                "catalina.properties",
                "Jetty",
                "start.d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/events",
                "/events?topic=/all",
                "/msg?msg=x",
                "/.well-known/mercure?topic=x",
                "/.well-known/mercure/subscriptions"
            })
    void whatNeedsATokenIsUnavailableAndTheAnswerNamesTheSetting(String target) {
        assertProblem(Requests.get(hub, target), 503, "tidings.jwt.key");
        assertProblem(Requests.get(hub, target, AUTHORIZATION), 503, "tidings.jwt.key");
        assertProblem(Requests.get(hub, target, "Authorization: Bearer bad"), 503, "tidings.jwt.key");
    }

    @Test
    void publishingIsUnavailable() {
        assertProblem(
                Requests.send("POST", hub, "/msg", "Content-Type: text/plain", AUTHORIZATION), 503, "tidings.jwt.key");
    }

    @Test
    void browserGetsAPage() {
        assertPage(Requests.get(hub, "/events", "Accept: text/html"), 503, "tidings.jwt.key");
    }

    @Test
    void itIsNotReadyAndSaysWhy() {
        Answer answer = Requests.get(hub, "/health/ready");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("status").asText()).isNotEqualTo("ok");
        assertThat(answer.body()).contains("tidings.jwt.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live"})
    void itLives(String target) {
        assertThat(Requests.get(hub, target).body()).isEqualTo("{\"status\":\"ok\"}\n");
    }
}
