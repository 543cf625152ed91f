package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are meant to harm: over many connections at once, the next one as soon as one is answered, and all from one
 * thread, so that it takes no more of the machine than it has to. It counts how it is answered.
 *
 * <p>It comes from an address of its own, {@value #FROM}, as a flood does: a hub's limits for an address hold for it alone.
 *
 * <p><b>Threads.</b> One of its own; any may ask.
 */
public final class Flood implements AutoCloseable {

    /** Stands for a connection that ended without an answer, among the statuses. */
    static final int CUT = 0;

    private static final String FROM = "127.0.0.2";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long LOOK_MILLIS = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What becomes of a connection when its answer has begun. */
    enum Next {
        /** The answer is read, and another request is sent. */
        AGAIN,
        /** It is reset, and another is opened. */
        ANOTHER,
        /** It stays open as long as the server lets it, and is read. */
        STAY
    }

    /** What connections of a flood send. Asked by its thread. */
    interface Source {

        /** The next request of a connection, which are numbered from 0 on. */
        byte[] request(int connection);

        /** What becomes of it after this status. */
        default Next next(int connection, int status) {
            return Next.AGAIN;
        }
    }

    private final URI server;
    private final Source source;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "flood");
    private final Map<Integer, Long> answers = new TreeMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Deque<Connection> failed = new ArrayDeque<>();
    private long failedAt;
    private volatile boolean closed;

    private Flood(URI server, FloodKind kind) {
        this.server = server;
        this.source = kind.source(server);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < kind.connections(); i++) {
            failed.add(new Connection(i));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins at the hub with this address. */
    public static Flood begin(URI server, FloodKind kind) {
        return new Flood(server, kind);
    }

    /** How many requests were answered with each status so far. */
    public Map<Integer, Long> answers() {
        synchronized (answers) {
            return new TreeMap<>(answers);
        }
    }

    /** How many requests were answered so far. */
    public long count() {
        return answers().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Ends all connections with a reset. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                if (System.nanoTime() - failedAt > PAUSE_NANOS) {
                    openFailed();
                }
                selector.select(key -> ((Connection) key.attachment()).serve(key), LOOK_MILLIS);
            }
            selector.keys().forEach(key -> ((Connection) key.attachment()).reset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No more at once than a server's queue takes, or the rest would wait for a second. */
    private void openFailed() {
        for (int i = 0; i < 64 && !failed.isEmpty(); i++) {
            failed.remove().open();
        }
        failedAt = System.nanoTime() - (failed.isEmpty() ? 0 : PAUSE_NANOS);
    }

    private void count(int status) {
        synchronized (answers) {
            answers.merge(status, 1L, Long::sum);
        }
    }

    /** One connection after the other. */
    private final class Connection {

        private final int number;
        private @Nullable SocketChannel socket;
        private ByteBuffer unsent = ByteBuffer.allocate(0);
        private LeanResponse answer = new LeanResponse((array, from, to) -> {});
        private boolean counted;

        Connection(int number) {
            this.number = number;
        }

        void open() {
            try {
                SocketChannel opened = SocketChannel.open();
                socket = opened;
                opened.configureBlocking(false);
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
                opened.bind(new InetSocketAddress(FROM, 0));
                ask();
                opened.connect(new InetSocketAddress(server.getHost(), server.getPort()));
                opened.register(selector, SelectionKey.OP_CONNECT, this);
            } catch (IOException unreachable) {
                fails();
            }
        }

        private void ask() {
            unsent = ByteBuffer.wrap(source.request(number));
            answer = new LeanResponse((array, from, to) -> {});
            counted = false;
        }

        void serve(SelectionKey key) {
            SocketChannel open = socket;
            try {
                if (open == null || !open.isConnected() && !open.finishConnect()) {
                    return;
                }
                write(open);
                buffer.clear();
                int count = open.read(buffer);
                if (count < 0) {
                    ends();
                    return;
                }
                received(buffer.flip(), open);
                if (key.isValid()) {
                    key.interestOps(SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0));
                }
            } catch (IOException broken) {
                ends();
            }
        }

        /** What cannot be written any more may have been answered. */
        private void write(SocketChannel open) {
            try {
                if (unsent.hasRemaining()) {
                    open.write(unsent);
                }
            } catch (IOException refused) {
                unsent = ByteBuffer.allocate(0);
            }
        }

        private void received(ByteBuffer bytes, SocketChannel open) throws IOException {
            answer.feed(bytes);
            if (answer.begun() && !counted) {
                counted = true;
                count(status());
            }
            Next next = counted ? source.next(number, status()) : Next.STAY;
            if (next == Next.ANOTHER || next == Next.AGAIN && answer.over() && answer.closes()) {
                reset();
                open();
            } else if (next == Next.AGAIN && answer.over()) {
                ask();
                write(open);
            } else if (answer.over()) {
                fails();
            }
        }

        private int status() {
            return Integer.parseInt(answer.statusLine().split(" ", 3)[1]);
        }

        private void ends() {
            if (!counted) {
                count(CUT);
            }
            fails();
        }

        private void fails() {
            reset();
            failed.add(this);
        }

        void reset() {
            SocketChannel open = socket;
            socket = null;
            if (open != null) {
                try (open) {
                    open.setOption(StandardSocketOptions.SO_LINGER, 0);
                } catch (IOException gone) {
                    // Then that is that.
                }
            }
        }
    }
}
