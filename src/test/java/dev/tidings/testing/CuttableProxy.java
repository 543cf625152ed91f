package dev.tidings.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network between a client and a server that can fail: it passes bytes on, both ways, until it is told to cut, or to hold
 * back what one side says.
 *
 * <p>It remembers what clients said, so that a test can see what a client library sent by itself.
 *
 * <p><b>Threads.</b> Any may call. It has one daemon thread that accepts and two for each connection; closing it ends
 * them.
 */
public final class CuttableProxy implements AutoCloseable {

    private static final Pattern LAST_EVENT_ID = Pattern.compile("(?im)^last-event-id: *(.*)$");

    /** Of these each connection leads to one, at random among those that take it. */
    private volatile List<URI> servers;

    private final ServerSocket listener;
    private final int bytesEach;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private final Gate toServer = new Gate();
    private final Gate toClient = new Gate();

    private CuttableProxy(int port, List<URI> servers, int bytesEach) throws IOException {
        this.servers = servers;
        this.bytesEach = bytesEach;
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    /**
     * A way to this server that works until it is taken {@link #down}. To several, it balances as the simplest of balancers
     * does: each connection goes to one of them at random, and to another if that takes none.
     */
    public static CuttableProxy to(URI... servers) {
        return open(List.of(servers), Integer.MAX_VALUE);
    }

    /** A way to this server that ends each connection once so many bytes came back over it, wherever that is. */
    public static CuttableProxy cuttingAfter(int bytes, URI server) {
        return open(List.of(server), bytes);
    }

    /** A way to this server that begins at this port, where nobody could connect before. */
    public static CuttableProxy at(int port, URI server) {
        return open(port, List.of(server), Integer.MAX_VALUE);
    }

    private static CuttableProxy open(List<URI> servers, int bytesEach) {
        return open(0, servers, bytesEach);
    }

    private static CuttableProxy open(int port, List<URI> servers, int bytesEach) {
        try {
            var proxy = new CuttableProxy(port, servers, bytesEach);
            daemon("proxy-accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's URI, by way of this; with the context path of the server that it leads to now. */
    public URI uri(String target) {
        return URI.create(
                "http://127.0.0.1:" + listener.getLocalPort() + servers.get(0).getPath() + target);
    }

    /** Leads new connections to others, such as the same server started anew: the way to it stays the same. */
    public void leadTo(URI... others) {
        servers = List.of(others);
    }

    /** Resets every connection, and closes each new one at once until it is {@link #up} again. */
    public void down() {
        down = true;
        connections.forEach(Connection::reset);
    }

    /** What clients say reaches the server no more until it is {@link #up} again. Nobody is told, and nothing is lost. */
    public void swallowToServer() {
        toServer.shut();
    }

    /** What the server says reaches no client any more until it is {@link #up} again. Nobody is told, and nothing is lost. */
    public void swallowToClient() {
        toClient.shut();
    }

    /** Works again. What it has swallowed arrives, as TCP sends anew what was lost, unless its connection was cut. */
    public void up() {
        down = false;
        toServer.open();
        toClient.open();
    }

    /** Where it listens, on loopback. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections there have been, other than while it was down. */
    public int connections() {
        return connections.size();
    }

    /** The value of every {@code Last-Event-ID} header so far, in the order of the connections. */
    public List<String> lastEventIds() {
        return connections.stream()
                .flatMap(connection -> LAST_EVENT_ID.matcher(connection.said()).results())
                .map((MatchResult header) -> header.group(1))
                .toList();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            down();
            toServer.open();
            toClient.open();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (down) {
                    client.close();
                    continue;
                }
                Socket onward = onward();
                if (onward == null) {
                    client.close();
                    continue;
                }
                var connection = new Connection(client, onward, toServer, toClient);
                connections.add(connection);
                if (down) {
                    connection.reset();
                }
                daemon("proxy-up", connection::passUp);
                daemon("proxy-down", () -> connection.passDown(bytesEach));
            }
        } catch (IOException closed) {
            // Nobody comes in any more.
        }
    }

    /** A connection to a server, or null while it is down, as a server that is started again. */
    private @Nullable Socket onward() {
        var candidates = new ArrayList<>(servers);
        Collections.shuffle(candidates);
        for (URI server : candidates) {
            try {
                return new Socket(server.getHost(), server.getPort());
            } catch (IOException refused) {
                // The next may take it.
            }
        }
        return null;
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets bytes through while it is open. */
    private static final class Gate {
        private boolean shut;

        synchronized void shut() {
            shut = true;
        }

        synchronized void open() {
            shut = false;
            notifyAll();
        }

        /** Waits until it is open. */
        synchronized void pass() throws InterruptedIOException {
            try {
                while (shut) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }

    private record Connection(Socket client, Socket server, ByteArrayOutputStream heard, Gate toServer, Gate toClient) {

        Connection(Socket client, Socket server, Gate toServer, Gate toClient) {
            this(client, server, new ByteArrayOutputStream(), toServer, toClient);
        }

        String said() {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }

        void passUp() {
            try (client;
                    server) {
                pass(client.getInputStream(), server.getOutputStream(), Integer.MAX_VALUE, heard, toServer);
            } catch (IOException gone) {
                // One side is; so is the other now.
            }
        }

        void passDown(int limit) {
            try (client;
                    server) {
                pass(
                        server.getInputStream(),
                        client.getOutputStream(),
                        limit,
                        OutputStream.nullOutputStream(),
                        toClient);
            } catch (IOException gone) {
                // One side is; so is the other now.
            }
        }

        private static void pass(InputStream in, OutputStream out, int limit, OutputStream copy, Gate gate)
                throws IOException {
            var buffer = new byte[8192];
            int left = limit;
            while (left > 0) {
                int count = in.read(buffer, 0, Math.min(buffer.length, left));
                if (count < 0) {
                    gate.pass();
                    return;
                }
                gate.pass();
                copy.write(buffer, 0, count);
                out.write(buffer, 0, count);
                left -= count;
            }
        }

        void reset() {
            try (client;
                    server) {
                if (!client.isClosed()) {
                    client.setSoLinger(true, 0);
                }
            } catch (IOException closed) {
                // Then that is that.
            }
        }
    }
}
