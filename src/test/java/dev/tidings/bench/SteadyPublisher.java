package dev.tidings.bench;

import dev.tidings.testing.CrowdEventSource;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A publisher at a pace, as the documents advise it to be: each event has an idempotency key, and it tries again until it is answered that
 * the event is published. Its events are numbered from 0 on.
 *
 * <p><b>Threads.</b> One of its own; any may ask.
 */
final class SteadyPublisher implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CREATED = 201;
    private static final int NOT_NOW = 503;

    private final CrowdEventSource.Balancer balancer;
    private final String topic;
    private final long paceNanos;
    private final String token = Tokens.operator().bearer();
    private final Thread thread = new Thread(this::run, "steady-publisher");
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable Throwable fault;

    SteadyPublisher(CrowdEventSource.Balancer balancer, String topic, double perSecond) {
        this.balancer = balancer;
        this.topic = topic;
        this.paceNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        thread.setDaemon(true);
    }

    SteadyPublisher start() {
        thread.start();
        return this;
    }

    /** How many events it was told are published. */
    int published() {
        return published.get();
    }

    /** How often it had to try again. */
    int repeated() {
        return repeated.get();
    }

    /** Stops it when the event under way is published. Fails if it was answered anything but that, or to try again. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable failure = fault;
        if (failure != null) {
            throw new AssertionError("The publisher was answered what it should not be", failure);
        }
    }

    private void run() {
        try {
            long due = System.nanoTime();
            while (!closed) {
                publish();
                due += paceNanos;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (RuntimeException | Error failure) {
            fault = failure;
        }
    }

    private void publish() {
        String key = UUID.randomUUID().toString();
        String data = Ledger.data(published.get(), System.nanoTime(), "");
        for (int status = post(key, data); status != CREATED; status = post(key, data)) {
            if (status != 0 && status != NOT_NOW) {
                throw new IllegalStateException("answered " + status);
            }
            repeated.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        published.incrementAndGet();
    }

    /** The status of the answer; 0 if there is none. */
    private int post(String key, String data) {
        String request = "POST /msg?topic=" + topic
                + " HTTP/1.1\r\nHost: hub.example.com\r\nConnection: close\r\nAuthorization: " + token
                + "\r\nIdempotency-Key: \"" + key + "\"\r\nContent-Type: text/plain\r\nContent-Length: " + data.length()
                + "\r\n\r\n" + data;
        try (RawClient client = RawClient.connect(balancer.next())) {
            return client.send(request).head().status();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }
}
