package dev.tidings.browser;

import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes 1, 2, 3 and so on to a topic until it is closed.
 *
 * <p><b>Threads.</b> Any. It has a daemon thread of its own, which closing it awaits.
 */
final class Numbers implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(10);

    private final AtomicLong last = new AtomicLong();
    private final Thread thread;
    private volatile boolean isOver;

    Numbers(Container hub, String topic) {
        Publisher publisher = Publisher.to(hub);
        thread = new Thread(
                () -> {
                    while (!isOver) {
                        publisher.publish(topic, Long.toString(last.get() + 1));
                        last.incrementAndGet();
                        LockSupport.parkNanos(PACE.toNanos());
                    }
                },
                "numbers");
        thread.setDaemon(true);
        thread.start();
    }

    /** The last number that was published so far. */
    long last() {
        return last.get();
    }

    /** Ends it, and returns the last number of all. */
    long stop() {
        close();
        return last();
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
