package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A shared container that ended by itself fails one class, the one that had it, and no class after that. */
class SharedContainersIT {

    /** No other class has this one, and so none loses it here. */
    private static final ContainerSpec SPEC =
            ContainerSpec.of(ContainerKind.JETTY).set("tidings.retry", "4321ms");

    private static final ContainerSpec OTHER = SPEC.set("tidings.retry", "4322ms");

    @Test
    void oneThatDiedIsSaidToTheClassThatHadItAndTheNextGetsAnother() {
        Container dead = died();
        assertEndedByItself(dead, () -> SharedContainers.check("A class"));
        assertThatCode(() -> SharedContainers.check("The next class")).doesNotThrowAnyException();
        assertAnotherRuns(dead);
    }

    @Test
    void oneThatDiedIsSaidToWhoeverAsksForItAndTheNextGetsAnother() {
        Container dead = died();
        assertEndedByItself(dead, SPEC::shared);
        assertAnotherRuns(dead);
    }

    @Test
    void oneThatDiedIsSaidToWhoeverAsksForAnotherKind() {
        Container dead = died();
        assertEndedByItself(dead, OTHER::shared);
        assertThat(SharedContainers.inUse()).isEmpty();
        assertAnotherRuns(dead);
    }

    private static Container died() {
        Container container = SPEC.shared();
        container.kill();
        return container;
    }

    private static void assertEndedByItself(Container dead, Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(dead + " has ended by itself")
                .hasMessageContaining(dead.log().toString());
    }

    private static void assertAnotherRuns(Container dead) {
        Container next = SPEC.shared();
        assertThat(next.pid()).isNotEqualTo(dead.pid());
        assertThat(next.isAlive()).isTrue();
    }
}
