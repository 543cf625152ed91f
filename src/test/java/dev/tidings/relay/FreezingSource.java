package dev.tidings.relay;

import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database whose user hangs at one of the statements that it executes, as with a machine that is suspended: before it is executed,
 * or before the answer is seen. The connection stays open.
 *
 * <p><b>Threads.</b> Any.
 */
final class FreezingSource extends WatchedSource {

    private final int fatal;
    private final boolean afterwards;
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);

    /**
     * @param fatal the number of the statement, from 1 on
     * @param afterwards whether it is executed
     */
    FreezingSource(DataSource real, int fatal, boolean afterwards) {
        super(real);
        this.fatal = fatal;
        this.afterwards = afterwards;
    }

    /** Whether its user hangs, or has hung. */
    boolean isFrozen() {
        return frozen.getCount() == 0;
    }

    /** The user goes on. */
    void thaw() {
        thawed.countDown();
    }

    @Override
    void before(Connection connection, String sql) {
        if (calls.incrementAndGet() == fatal && !afterwards) {
            freeze();
        }
    }

    @Override
    void after(Connection connection, String sql) {
        if (calls.get() == fatal && afterwards) {
            freeze();
        }
    }

    private void freeze() {
        frozen.countDown();
        boolean interrupted = true;
        while (interrupted) {
            try {
                thawed.await();
                interrupted = false;
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
    }
}
