package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Thousands of clients for the price of one thread: every stream is read without blocking.
 *
 * <pre>{@code
 * try (Crowd crowd = new Crowd(container.uri())) {
 *     for (int i = 0; i < 10_000; i++) {
 *         crowd.open(new CrowdStream(request, 0, reader));
 *     }
 * }
 * }</pre>
 *
 * <p>Streams are opened some at a time, no more than a stock Tomcat lets wait to be accepted. What goes wrong with one
 * is kept for {@link #assertNoFaults}.
 *
 * <p><b>Threads.</b> Any may call; readers are called by the crowd's thread, which closing ends.
 */
public final class Crowd implements AutoCloseable {

    /** What else the crowd's thread does, between its reads: publish at a pace, look how far it has come. */
    public interface Chore {

        /** Does what is due, and returns after how many nanoseconds it wants to be called though nothing was read. */
        long run();
    }

    private static final int OPENING = 64;
    private static final int READS_BETWEEN_CHORES = 64;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int FAULTS_KEPT = 10;

    private final CrowdServer server;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "crowd");
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    // The thread's own.
    private final Queue<CrowdConnection> toOpen = new ArrayDeque<>();
    private Chore chore = () -> Long.MAX_VALUE;
    private int reads;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private int opening;
    private boolean closed;

    /** One with nobody in it yet, whose streams go to the host and port of this URI. */
    public Crowd(URI server) {
        this(CrowdServer.of(server, systemTrust()));
    }

    Crowd(CrowdServer server) {
        this.server = server;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private static SSLContext systemTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a connection, new or cut, as soon as it is its turn. */
    public void open(CrowdConnection connection) {
        run(() -> toOpen.add(connection));
    }

    /** Has its thread do this from now on, instead of what it was told before. */
    public void assign(Chore task) {
        run(() -> chore = task);
    }

    /** Ends its connection with a reset and opens another, which resumes after the last event that was read. */
    public void reconnect(CrowdStream stream) {
        run(() -> {
            stream.reset();
            toOpen.add(stream);
        });
    }

    /** Ends the connections of these streams with a reset; opened again, each resumes after the last event it read. */
    public void cut(Collection<CrowdStream> streams) {
        run(() -> streams.forEach(CrowdStream::reset));
    }

    /** Stops reading these streams; what they are sent stays where it is. */
    public void stall(Collection<CrowdStream> streams) {
        run(() -> streams.forEach(CrowdStream::stall));
    }

    /** Goes on reading these streams. */
    public void goOn(Collection<CrowdStream> streams) {
        run(() -> streams.forEach(CrowdStream::goOn));
    }

    /** Waits until that is true of it; fails at once when something goes wrong with a stream. */
    public void eventually(String what, Duration limit, Eventually.Condition condition) {
        Eventually.holds(what, limit, () -> !faults.isEmpty() || condition.holds());
        assertNoFaults();
    }

    /** Fails when something went wrong with a stream: refused, cut by the hub, or no event stream. */
    public void assertNoFaults() {
        assertThat(faults).as("faults of the crowd").isEmpty();
    }

    /** What went wrong so far; only the first few are kept. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Ends all connections with a reset. Closing twice is fine. */
    @Override
    public void close() {
        if (thread.isAlive()) {
            run(() -> closed = true);
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** At once when a reader asks, since what its stream is sent after that must not reach it any more. */
    private void run(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            tasks.add(task);
            selector.wakeup();
        }
    }

    private void run() {
        try (selector) {
            while (doTasks()) {
                while (opening < OPENING && !toOpen.isEmpty()) {
                    open();
                }
                long pause = TimeUnit.NANOSECONDS.toMillis(chore.run());
                if (pause == 0) {
                    selector.selectNow(this::serve);
                } else {
                    selector.select(this::serve, pause);
                }
            }
            for (SelectionKey key : selector.keys()) {
                ((CrowdConnection) key.attachment()).reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is to go on. */
    private boolean doTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return !closed;
    }

    private void open() {
        CrowdConnection connection = toOpen.remove();
        try {
            connection.connect(connection.server(server), selector);
            opening++;
        } catch (IOException failure) {
            connection.reset();
            fault(connection, failure);
        }
    }

    private void serve(SelectionKey key) {
        var connection = (CrowdConnection) key.attachment();
        boolean wasOpen = connection.isOpen();
        try {
            connection.serve(buffer);
        } catch (IOException | RuntimeException | AssertionError failure) {
            connection.reset();
            fault(connection, failure);
        }
        if (!wasOpen && (connection.isOpen() || !key.isValid())) {
            opening--;
        }
        if (++reads % READS_BETWEEN_CHORES == 0) {
            chore.run();
        }
    }

    void fault(CrowdConnection connection, Throwable failure) {
        if (!connection.expects(failure) && faults.size() < FAULTS_KEPT) {
            faults.add(connection + ": " + failure);
        }
    }
}
