package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics for those with a token that names them, and for nobody. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = "tidings.metrics=token")
class MetricsAccessIT {

    private final Container hub;

    MetricsAccessIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void whoHasNoTokenIsRefusedHoweverTheAddressIsWritten() {
        assertProblem(Requests.get(hub, "/metrics"), 401);
        for (String target : new String[] {"//metrics", "/metrics;x=1", "/./metrics", "/x/../metrics", "/%6detrics"}) {
            assertThat(Requests.get(hub, target).body()).as(target).doesNotContain("tidings_");
        }
    }

    @Test
    void everybodysEventsMakeNoOperator() {
        assertProblem(
                Requests.get(
                        hub, "/metrics", "Authorization: " + Tokens.anyone().bearer()),
                403,
                "/metrics");
    }

    @Test
    void selectorThatNamesThemReadsThem() {
        String token = Tokens.grant("monitor", List.of(), List.of("/metrics")).bearer();
        assertThat(Requests.get(hub, "/metrics", "Authorization: " + token).body())
                .contains("tidings_streams");
    }
}
