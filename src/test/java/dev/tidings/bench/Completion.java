package dev.tidings.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * That a chore of the crowd's is done.
 *
 * <p><b>Threads.</b> One says so; any may wait for it.
 */
final class Completion {

    private final CountDownLatch done = new CountDownLatch(1);

    void reached() {
        done.countDown();
    }

    boolean isReached() {
        return done.getCount() == 0;
    }

    /** Waits no longer than this; whether it is reached. */
    boolean await(long millis) {
        try {
            return done.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
