package dev.tidings.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final LeaseRow HELD = new LeaseRow(5, "another", null);

    private final ManualClock clock = new ManualClock();
    private final Lease lease = new Lease("me", clock::nanoTime);

    @Test
    void leaseIsTakenFromARelayThatIsSilentForItsLength() {
        assertThat(looks(HELD)).isFalse();
        clock.advance(Lease.LENGTH);
        assertThat(looks(HELD)).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(looks(HELD)).isTrue();
        assertThat(looks(new LeaseRow(6, "another", null))).as("it is back").isFalse();
    }

    @Test
    void relayThatDidNotLookItselfDoesNotTakeAnothersLease() {
        assertThat(looks(HELD)).isFalse();
        clock.advance(Lease.LENGTH.plusSeconds(1));
        assertThat(looks(HELD)).isFalse();
    }

    /** Else each look would say that a database can be used in which nothing can be written. */
    @Test
    void somebodyRelaysWhoHasTheLeaseOrIsSeenToChangeIt() {
        looks(HELD);
        assertThat(lease.isAlive()).isFalse();
        looks(HELD);
        assertThat(lease.isAlive()).isFalse();
        looks(new LeaseRow(6, "another", null));
        assertThat(lease.isAlive()).isTrue();
        lease.forget();
        looks(new LeaseRow(7, "another", null));
        assertThat(lease.isAlive()).isFalse();
        lease.hold(new LeaseRow(8, "me", null));
        assertThat(lease.isAlive()).isTrue();
    }

    /** It has looked, and the answer took long. */
    @Test
    void leaseIsTakenAtADatabaseThatAnswersLaterThanItsLength() {
        boolean taken = false;
        for (int look = 0; look < 3; look++) {
            lease.look();
            clock.advance(Lease.LENGTH.plusSeconds(1));
            taken = lease.mayTake(HELD);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(taken).isTrue();
    }

    @Test
    void leaseThatNobodyHasIsTakenAtOnce() {
        assertThat(looks(new LeaseRow(5, null, null))).isTrue();
        assertThat(looks(new LeaseRow(5, "me", null))).as("its own").isTrue();
    }

    @Test
    void relayThatLostItsLeaseAtWorkWaitsLongerUntilItGetsOn() {
        assertThat(silence()).isEqualTo(5);
        lose();
        assertThat(silence()).isEqualTo(10);
        lose();
        assertThat(silence()).isEqualTo(20);
        lose();
        lose();
        assertThat(silence()).as("not longer than that").isEqualTo(25);
        lease.getOn();
        assertThat(silence()).isEqualTo(5);
    }

    /** It had hung, and the database is as quick as ever. */
    @Test
    void relayThatLostItsLeaseWaitsNoLongerOnceItSeesThatAnotherIsQuick() {
        lose();
        for (int counter = 100; counter < 105; counter++) {
            looks(new LeaseRow(counter, "another", null));
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(silence()).isEqualTo(5);
    }

    @Test
    void relayThatSeesThatAnotherIsSlowGoesOnToWait() {
        lose();
        for (int counter = 100; counter < 105; counter++) {
            for (int second = 0; second < 6; second++) {
                looks(new LeaseRow(counter, "another", null));
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(silence()).isEqualTo(10);
    }

    private void lose() {
        lease.hold(new LeaseRow(6, "me", null));
        lease.lose();
    }

    private boolean looks(LeaseRow row) {
        lease.look();
        return lease.mayTake(row);
    }

    /** For how many seconds another has to be silent. */
    private int silence() {
        looks(new LeaseRow(clock.nanoTime(), "another", null));
        var silent = new LeaseRow(clock.nanoTime(), "another", null);
        int seconds = -1;
        while (!looks(silent)) {
            clock.advance(Duration.ofSeconds(1));
            seconds++;
        }
        return seconds;
    }
}
