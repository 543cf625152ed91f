package dev.tidings.container.nodes;

import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that now and then leaves its stream and comes back with its last event id, and whenever its stream ends. So it goes
 * from node to node behind a balancer. It remembers each event it got, and each gap it was told of.
 *
 * <p><b>Threads.</b> One of its own; any may ask.
 */
final class HoppingClient implements AutoCloseable {

    /** What was told: an event, or a gap if {@code data} is null. */
    record Told(String id, @Nullable String data) {

        boolean isGap() {
            return data == null;
        }
    }

    private static final Duration TICK = Duration.ofMillis(50);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SHORTEST_STAY_MILLIS = 100;
    private static final long LONGEST_STAY_MILLIS = 1_500;

    private final StreamRequest request;
    private final List<Told> told = new ArrayList<>();
    private final Thread thread;
    private volatile boolean hops = true;
    private volatile boolean streaming;
    private volatile boolean closed;
    private volatile @Nullable Throwable fault;
    private @Nullable String lastEventId;

    HoppingClient(URI hub, String user, String topic) {
        request = StreamRequest.to(hub, Streams.events(topic)).with(Tokens.user(user));
        thread = new Thread(this::run, "hopping-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it leaves streams that are open. */
    void hop(boolean now) {
        hops = now;
    }

    /** Whether it has a stream that has begun. */
    boolean isStreaming() {
        return streaming;
    }

    /** All that it was told. Fails if it was sent what no hub should send. */
    List<Told> told() {
        Throwable failure = fault;
        if (failure != null) {
            throw new AssertionError("A client was sent what it should not be", failure);
        }
        synchronized (told) {
            return List.copyOf(told);
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
            while (!closed) {
                visit();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Throwable failure) {
            fault = failure;
        }
    }

    private void visit() {
        StreamRequest next = lastEventId == null ? request : request.after(lastEventId);
        try (StreamRecorder stream = next.open()) {
            if (stream.status() != 200) {
                throw new AssertionError("No browser would come again: " + stream);
            }
            read(stream);
        } catch (UncheckedIOException gone) {
            // Nobody is there just now.
            return;
        } finally {
            streaming = false;
        }
    }

    private void read(StreamRecorder stream) {
        long stay = ThreadLocalRandom.current().nextLong(SHORTEST_STAY_MILLIS, LONGEST_STAY_MILLIS);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stay);
        while (!closed && !(hops && System.nanoTime() - end > 0)) {
            Block block = stream.poll(TICK);
            if (block != null) {
                take(block);
            } else if (stream.hasEnded()) {
                return;
            }
        }
    }

    private void take(Block block) {
        String id = block.id();
        if (id != null) {
            lastEventId = id;
            streaming = true;
        }
        if (block.isEvent()) {
            boolean gap = block.type().equals("gap");
            synchronized (told) {
                told.add(new Told(String.valueOf(id), gap ? null : block.data()));
            }
        }
    }
}
