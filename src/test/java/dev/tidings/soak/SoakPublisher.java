package dev.tidings.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to a hub at a pace: to public topics, to inboxes of users, and now and then what is large. Some events have ids of
 * its own. An event that is not answered is published again with the same idempotency key, at any node.
 *
 * <p><b>Threads.</b> One of its own; any may ask.
 */
final class SoakPublisher implements AutoCloseable {

    /** One event in so many is large, and one in so many has an id of the publisher's. */
    private static final int BULK_SHARE = 20;

    private static final int ID_SHARE = 3;

    /** After so many events it connects anew, perhaps to another node. */
    private static final int STAY = 50;

    /** How often it tries when it is to end. */
    private static final int LAST_ATTEMPTS = 50;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String SMALL = "x".repeat(60);
    private static final String LARGE = "x".repeat(16 * 1024);

    private final SoakHub hub;
    private final Counts counts;
    private final Published published;
    private final LongAdder answered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final String headers;
    private final long paceNanos;
    private final Thread thread;
    private int nextChannel;
    private volatile boolean closed;
    private @Nullable RawClient connection;

    /** One that publishes so many events a second, once it is started. */
    SoakPublisher(SoakHub hub, double perSecond, Counts counts) {
        this.hub = hub;
        this.counts = counts;
        this.published = new Published(hub.clients());
        this.paceNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.headers =
                "POST /msg HTTP/1.1\r\nHost: hub.example.com\r\nContent-Type: application/json\r\nAuthorization: "
                        + hub.publisher() + "\r\n";
        this.thread = new Thread(this::run, "soak-publisher-" + hub.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Published published() {
        return published;
    }

    /** How many events were answered. */
    long answered() {
        return answered.sum();
    }

    /** How many requests had no answer, or were to be sent again. */
    long repeated() {
        return repeated.sum();
    }

    /** Ends it after the event that is under way. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }

    private void run() {
        try {
            long due = System.nanoTime();
            for (int i = 0; !closed; i++) {
                publishAny(i);
                due = Math.max(due + paceNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (Throwable failure) {
            counts.fault("the publisher of " + hub.name() + " has ended: " + failure);
        }
    }

    private void publishAny(int i) {
        if (i % STAY == 0) {
            disconnect();
        }
        if (i % BULK_SHARE == 0) {
            publish(Published.BULK, 0, "\"topic\":\"" + hub.bulk(), LARGE, i);
        } else if (i % 2 == 0) {
            int channel = nextChannel++ % SoakHub.CHANNELS;
            publish(Published.CHANNEL, channel, "\"topic\":\"" + hub.channel(channel), SMALL, i);
        } else {
            int client = ThreadLocalRandom.current().nextInt(hub.clients());
            publish(Published.INBOX, client, "\"to\":\"" + hub.user(client), SMALL, i);
        }
    }

    private void publish(int kind, int topic, String goal, String padding, int i) {
        long number = published.next(kind, topic);
        String key = hub.name() + "-" + kind + "-" + topic + "-" + number;
        for (int attempt = 1; !closed || attempt < LAST_ATTEMPTS; attempt++) {
            String id = i % ID_SHARE == 0 ? "\",\"id\":\"" + key + "-" + attempt : "";
            String data = kind + " " + number + " " + attempt + " " + System.nanoTime() + " " + padding;
            int status = post("{" + goal + id + "\",\"msg\":\"" + data + "\"}", key);
            // 422: an earlier attempt was published, whose data had another time.
            if (status == 201 || status == 422 && attempt > 1) {
                published.done(kind, topic);
                answered.increment();
                return;
            }
            repeated.increment();
            // 404 while there is no hub.
            if (status != 0 && status != 404 && status != 503) {
                counts.fault("a publisher was answered " + status);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The status of the answer; 0 if there is none. */
    private int post(String body, String key) {
        try {
            RawClient client = connection;
            if (client == null) {
                client = RawClient.connect(hub.node().uri());
                connection = client;
            }
            client.send(headers + "Idempotency-Key: " + key + "\r\nContent-Length: " + body.getBytes(UTF_8).length
                    + "\r\n\r\n" + body);
            ResponseHead head = client.head();
            client.text(head);
            if (head.status() != 201) {
                disconnect();
            }
            return head.status();
        } catch (UncheckedIOException gone) {
            disconnect();
            return 0;
        }
    }

    private void disconnect() {
        RawClient client = connection;
        connection = null;
        if (client != null) {
            client.close();
        }
    }
}
