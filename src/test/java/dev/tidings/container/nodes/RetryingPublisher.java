package dev.tidings.container.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.Tokens;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A publisher as the documents advise it to be: it gives each event an idempotency key, and tries again until it is answered
 * that the event is published.
 *
 * <p><b>Threads.</b> One of its own, if it is started; any may ask, and {@link #publish}.
 */
final class RetryingPublisher implements AutoCloseable {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final URI hub;
    private final String name;
    private final String topic;
    private final String token;
    private final List<String> answered = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "retrying-publisher");
    private volatile boolean closed;
    private volatile @Nullable Throwable fault;

    RetryingPublisher(URI hub, String name, String topic) {
        this.hub = hub;
        this.name = name;
        this.topic = topic;
        this.token = Tokens.grant(name, List.of(topic), List.of()).bearer();
        thread.setDaemon(true);
    }

    /** Has it publish some thirty events a second, whose data are its name and a number. */
    RetryingPublisher start() {
        thread.start();
        return this;
    }

    /** The data of the events that it was told are published. Fails if it was answered anything but that, or to try again. */
    List<String> answered() {
        Throwable failure = fault;
        if (failure != null) {
            throw new AssertionError("A publisher was answered what it should not be", failure);
        }
        synchronized (answered) {
            return List.copyOf(answered);
        }
    }

    /** Publishes an event, however often it takes. */
    void publish(String data) {
        String key = Fresh.id();
        while (!closed) {
            int status = post(data, key);
            if (status == 201) {
                synchronized (answered) {
                    answered.add(data);
                }
                return;
            }
            if (status != 0 && status != 503) {
                throw new AssertionError("A publisher was answered " + status);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (int number = 1; !closed; number++) {
                publish(name + "-" + number);
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (Throwable failure) {
            fault = failure;
        }
    }

    /** The status of the answer; 0 if there is none. */
    private int post(String data, String key) {
        String form = "topic=" + Streams.encode(topic) + "&msg=" + data;
        String request = "POST /msg HTTP/1.1\r\nHost: hub.example.com\r\nConnection: close\r\nAuthorization: " + token
                + "\r\nIdempotency-Key: " + key
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + form.getBytes(UTF_8).length + "\r\n\r\n" + form;
        try (RawClient client = RawClient.connect(hub)) {
            return client.send(request).head().status();
        } catch (UncheckedIOException gone) {
            return 0;
        }
    }
}
