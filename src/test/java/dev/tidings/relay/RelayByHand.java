package dev.tidings.relay;

import dev.tidings.testing.ManualClock;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A relay without a thread, which takes a step when it is told to. Its clock is the test's.
 *
 * <p><b>Threads.</b> One.
 */
final class RelayByHand implements AutoCloseable {

    private static final String TABLE = "tidings_outbox";
    private static final int MOST_DATA = 1000;

    private final ManualClock clock;
    private final Lease lease;
    private final RelaySteps steps;
    private final OutboxSession session;

    RelayByHand(RelayNode node, DataSource source, ManualClock clock) throws SQLException {
        this.clock = clock;
        this.lease = new Lease("by hand " + System.identityHashCode(this), clock::nanoTime);
        this.steps = new RelaySteps(
                TABLE,
                lease,
                new RowChecks(Relay.idPrefix(TABLE), MOST_DATA, node.publishing()),
                new BatchPublisher(node.publishing(), node.hub, TABLE),
                () -> true,
                new RelayFigures(),
                clock::nanoTime);
        this.session = OutboxSession.open(new DatabaseConnection(source), TABLE, MOST_DATA);
    }

    boolean isRelaying() {
        return lease.isHeld();
    }

    /** Looks whether it may take the lease, and takes it then. */
    void look() throws SQLException {
        if (!lease.isHeld()) {
            steps.takeLease(session);
        }
    }

    /** Waits as long as it has to, by its clock, and takes the lease from another that is silent. */
    void takeOver() throws SQLException {
        long begun = clock.nanoTime();
        while (!lease.isHeld()) {
            look();
            clock.advance(Duration.ofSeconds(1));
            if (clock.nanoTime() - begun > Duration.ofMinutes(1).toNanos()) {
                throw new AssertionError("the lease cannot be taken");
            }
        }
    }

    /** Goes on by one batch, if it has the lease. */
    void goOn() throws SQLException {
        if (lease.isHeld() && steps.publish(session)) {
            steps.advance(session);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
