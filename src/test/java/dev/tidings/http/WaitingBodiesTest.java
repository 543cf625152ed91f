package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WaitingBodiesTest {

    private final WaitingBodies bodies = new WaitingBodies(8, 1_000);

    @Test
    void callerGetsAQuarterOfAllBodies() {
        bodies.enter("mallory");
        bodies.enter("mallory");

        assertRefused(429, () -> bodies.enter("mallory"));
        assertThatCode(() -> bodies.enter("alice")).doesNotThrowAnyException();
        assertThat(bodies.count()).isEqualTo(3);
    }

    @Test
    void allTogetherGetNoMoreThanThereIs() {
        var waits = new ArrayList<WaitingBodies.Wait>();
        for (String caller : List.of("a", "b", "c", "d")) {
            waits.add(bodies.enter(caller));
            waits.add(bodies.enter(caller));
        }

        assertRefused(503, () -> bodies.enter("e"));
        waits.get(0).end();
        assertThatCode(() -> bodies.enter("e")).doesNotThrowAnyException();
    }

    @Test
    void waitEndsOnce() {
        WaitingBodies.Wait wait = bodies.enter("alice");
        wait.grow(5);
        wait.end();
        wait.end();
        wait.grow(5);

        assertThat(bodies.count()).isZero();
    }

    @Test
    void secondBodyOfACallerMayNotTakeMoreThanItsShare() {
        WaitingBodies.Wait first = bodies.enter("mallory");
        first.grow(240);
        WaitingBodies.Wait second = bodies.enter("mallory");

        assertRefused(503, () -> second.grow(11));
        assertThatCode(() -> second.grow(10)).doesNotThrowAnyException();
    }

    @Test
    void onlyBodyOfACallerMayBeAsLargeAsADoorReads() {
        assertThatCode(() -> bodies.enter("alice").grow(5_000)).doesNotThrowAnyException();
    }

    @Test
    void whatOneBodyTookIsFreeForTheCallersNext() {
        WaitingBodies.Wait first = bodies.enter("mallory");
        first.grow(100);
        first.grow(100);
        WaitingBodies.Wait second = bodies.enter("mallory");
        first.end();
        bodies.enter("mallory");

        assertRefused(503, () -> second.grow(251));
        assertThatCode(() -> second.grow(250)).doesNotThrowAnyException();
    }

    @Test
    void whatOneCallerTookIsFreeForAll() {
        WaitingBodies.Wait alices = bodies.enter("alice");
        alices.grow(900);
        WaitingBodies.Wait bobs = bodies.enter("bob");

        assertRefused(503, () -> bobs.grow(101));
        bobs.grow(100);
        alices.end();
        WaitingBodies.Wait carols = bodies.enter("carol");
        assertRefused(503, () -> carols.grow(901));
        assertThatCode(() -> carols.grow(900)).doesNotThrowAnyException();
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatExceptionOfType(Problem.class).isThrownBy(call).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.headers()).containsEntry("Retry-After", "1");
        });
    }
}
