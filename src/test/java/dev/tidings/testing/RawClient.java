package dev.tidings.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/**
 * One connection over which a test says exactly what it wants, and sees exactly what comes back.
 *
 * <p>An HTTP client mends what it sends and hides what it gets. This one sends the bytes it is given, well formed
 * or not, half a request if need be, and can vanish without a goodbye ({@link #reset}). HTTP/1.1 only.
 * Reading gives up after {@link Eventually#LIMIT} of silence.
 *
 * <p><b>Threads.</b> One thread reads. Any other may send, {@link #reset} or {@link #close} meanwhile, which ends
 * its reading.
 */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to the host and port of {@code uri}; over TLS to one of {@code https}, as a container of the build's. */
    public static RawClient connect(URI uri) {
        return connect(uri, socket(uri));
    }

    /**
     * Connects with a receive buffer of about so many bytes, so that a server fills it soon. The kernel takes the
     * size for advice: it has a minimum of its own, and usually doubles what it is given.
     */
    public static RawClient connect(URI uri, int receiveBuffer) {
        try {
            Socket socket = socket(uri);
            // Only before the connection does the size reach the window that the other side is offered.
            socket.setReceiveBufferSize(receiveBuffer);
            return connect(uri, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects over TLS, trusting whom this context trusts. */
    public static RawClient connect(URI uri, SSLContext tls) {
        try {
            return connect(uri, tls.getSocketFactory().createSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects with a socket of this factory, from this address of the machine's own. */
    public static RawClient connect(URI uri, SocketFactory factory, String from) {
        try {
            Socket socket = factory.createSocket();
            socket.bind(new InetSocketAddress(from, 0));
            return connect(uri, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket socket(URI uri) {
        try {
            return "https".equals(uri.getScheme())
                    ? KeyStoreFile.contextOfTheBuild().getSocketFactory().createSocket()
                    : new Socket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawClient connect(URI uri, Socket socket) {
        try {
            int limit = Math.toIntExact(Eventually.LIMIT.toMillis());
            socket.setSoTimeout(limit);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), limit);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends {@code text} as UTF-8, as it stands: line ends are the caller's. */
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends these bytes. */
    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #send}, of which a server that has read enough may refuse the rest; its answer can be read then. */
    public RawClient sendUntilRefused(String text) {
        try {
            return send(text);
        } catch (UncheckedIOException refused) {
            return this;
        }
    }

    /** Says that nothing more will be sent, and goes on listening. */
    public RawClient finishSending() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the status line and the headers of the next response, and nothing of its body. */
    public ResponseHead head() {
        try {
            return ResponseHead.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The body that follows {@code head}, without its chunks. It ends where the response says it ends, and throws
     * EOFException when the connection is gone before that.
     */
    public InputStream body(ResponseHead head) {
        if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return new ChunkedBody(in);
        }
        String length = head.header("Content-Length");
        return length.isEmpty() ? in : new FixedBody(in, Long.parseLong(length));
    }

    /** Reads one whole chunk of a body that has chunks (RFC 9112, section 7.1): what a client that reads by chunks sees. */
    public byte[] chunk() {
        try {
            int size = Integer.parseInt(Wire.readLine(in), 16);
            byte[] chunk = in.readNBytes(size);
            if (!Wire.readLine(in).isEmpty()) {
                throw new StreamCorruptedException("A chunk is longer than its size");
            }
            return chunk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes after a response that switched protocols. */
    public InputStream stream() {
        return in;
    }

    /** Reads the rest of the body that follows {@code head} as UTF-8. */
    public String text(ResponseHead head) {
        try {
            return new String(body(head).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for silence for as long as it takes: for streams that may be quiet longer than the limit. */
    RawClient patient() {
        try {
            socket.setSoTimeout(0);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection as a crash would: the peer gets a reset, and what was under way is lost. */
    public void reset() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection as a browser tab does when it is closed. Closing twice is fine. */
    @Override
    public void close() {
        try {
            waitForNothing();
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A socket of TLS that has a time limit would wait for more to come, such as the next heartbeat, before it closes. */
    private void waitForNothing() {
        try {
            socket.setSoTimeout(0);
        } catch (SocketException closedAlready) {
            // Twice is fine.
        }
    }
}
