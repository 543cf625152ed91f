package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {

    private static final NodeLease FIRST = NodeLease.of("a", "a:1", NodeLease.State.HERE, "one");
    private static final NodeLease NEXT = NodeLease.of("a", "a:2", NodeLease.State.HERE, "one");
    private static final long LENGTH = NodeLease.LENGTH.toSeconds();

    private long now;
    private final LeaseWatch watch = new LeaseWatch(() -> now);

    @Test
    void leaseThatIsNotRenewedForItsLengthIsSilent() {
        watch.look(List.of(FIRST));
        pass(LENGTH, FIRST);
        assertThat(watch.isSilent(FIRST)).isFalse();
        pass(1, FIRST);
        assertThat(watch.isSilent(FIRST)).isTrue();
    }

    @Test
    void leaseThatIsRenewedIsNot() {
        watch.look(List.of(FIRST));
        pass(LENGTH, FIRST);
        pass(1, NEXT);
        assertThat(watch.isSilent(NEXT)).isFalse();
        pass(LENGTH + 1, NEXT);
        assertThat(watch.isSilent(NEXT)).isTrue();
    }

    @Test
    void leaseThatNobodyHasLookedAtIsNot() {
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(watch.isSilent(FIRST)).isFalse();
    }

    /** Redis was away, and nobody could renew. */
    @Test
    void timeBeforeItForgetsDoesNotCount() {
        watch.look(List.of(FIRST));
        pass(LENGTH, FIRST);
        watch.forget();
        pass(1, FIRST);
        assertThat(watch.isSilent(FIRST)).isFalse();
        pass(LENGTH + 1, FIRST);
        assertThat(watch.isSilent(FIRST)).isTrue();
    }

    /** The machine slept, and maybe those of the other nodes, too. */
    @Test
    void timeInWhichThisNodeHasNotLookedDoesNotCount() {
        watch.look(List.of(FIRST));
        now += TimeUnit.HOURS.toNanos(1);
        watch.look(List.of(FIRST));
        assertThat(watch.isSilent(FIRST)).isFalse();
    }

    @Test
    void nodeThatIsGoneIsForgotten() {
        watch.look(List.of(FIRST));
        pass(LENGTH, FIRST);
        watch.look(List.of());
        pass(1, FIRST);
        assertThat(watch.isSilent(FIRST)).isFalse();
    }

    /** Time goes by, and this node looks each second. */
    private void pass(long seconds, NodeLease lease) {
        for (long second = 0; second < seconds; second++) {
            now += TimeUnit.SECONDS.toNanos(1);
            watch.look(List.of(lease));
        }
    }
}
