package dev.tidings.container.feed;

import static dev.tidings.container.Requests.assertPage;
import static dev.tidings.container.Requests.assertProblem;

import dev.tidings.container.Requests;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outside demo mode there are no feeds. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class NoFeedsIT {

    @ParameterizedTest
    @ValueSource(strings = {"/feeds", "/feeds/", "/feeds/clock", "/feeds/answer/cancel"})
    void addressSaysHowToTurnThemOn(String target, Container hub) {
        assertProblem(Requests.get(hub, target), 404, "tidings.demo=true", "TIDINGS_DEMO=true");
        assertPage(Requests.get(hub, target, "Accept: text/html"), 404, "tidings.demo=true");
    }

    @Test
    void nothingIsSaid(Container hub) {
        assertProblem(Requests.get(hub, "/say"), 404);
    }
}
