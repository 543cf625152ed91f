package dev.tidings.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A log that hangs, as a console does that nobody reads: whoever writes a line to one logger waits until this is closed. Its lines
 * go nowhere else meanwhile.
 *
 * <p><b>Threads.</b> Any may log; one closes.
 */
public final class HangingLog extends Handler implements AutoCloseable {

    private static final long LIMIT_SECONDS = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Kept here, because the JDK forgets a logger that nobody has. */
    private final Logger logger;

    private HangingLog(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /** Has the logger of this class hang. */
    public static HangingLog of(Class<?> logging) {
        return named(logging.getName());
    }

    /** Has the logger of this name hang. */
    public static HangingLog named(String name) {
        return new HangingLog(name);
    }

    /** Waits until a line is being written. */
    public void awaitLine() throws InterruptedException {
        if (!reached.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was logged");
        }
    }

    @Override
    public void publish(LogRecord line) {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void flush() {
        // Nothing waits to be written.
    }

    /** Lets the lines pass, those that wait and those that come. */
    public void goOn() {
        released.countDown();
    }

    @Override
    public void close() {
        goOn();
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
