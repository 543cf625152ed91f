package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What load balancers and orchestrators ask. */
@EveryContainer(kinds = ContainerKind.JETTY)
class HealthIT {

    private final Container hub;

    HealthIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void hubThatRunsSaysSo(String target) {
        Answer answer = Requests.get(hub, target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}\n");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void nobodyNeedsAToken() {
        assertThat(Requests.get(hub, "/health", "Authorization: Bearer bad").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void headIsAnsweredToo(String target) {
        Answer answer = Requests.send("HEAD", hub, target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/x", "/health/live/x", "/healthy"})
    void thereIsNothingElse(String target) {
        assertProblem(Requests.get(hub, target), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void otherMethodsAreRefused(String method) {
        assertProblem(Requests.send(method, hub, "/health"), 405);
    }
}
