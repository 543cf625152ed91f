package dev.tidings.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An open socket, with or without TLS, that can be closed at once.
 *
 * <p>Closing a socket of TLS waits for a thread that is writing. So the plain socket below is closed, which ends whatever
 * waits there.
 *
 * <p><b>Threads.</b> Any may close it or ask for its state. The rest is for one at a time.
 */
final class RedisSocket implements AutoCloseable {

    private final String kind;
    private final Endpoint endpoint;
    private final TimedSocket plain;
    private final Socket stream;
    private volatile boolean closed;

    private RedisSocket(String kind, Endpoint endpoint, TimedSocket plain, Socket stream) {
        this.kind = kind;
        this.endpoint = endpoint;
        this.plain = plain;
        this.stream = stream;
    }

    /**
     * Connects. If there is TLS, the server's certificate and its host name are verified.
     *
     * @param kind what the server is called in sentences
     * @param tls makes sockets of TLS, or null for none
     * @throws RedisUnavailableException with the reason
     */
    static RedisSocket open(String kind, Endpoint endpoint, @Nullable SSLSocketFactory tls, Deadline deadline) {
        try {
            TimedSocket plain = connect(endpoint, deadline);
            try {
                plain.setSoTimeout(deadline.millisLeft());
                return new RedisSocket(kind, endpoint, plain, tls == null ? plain : secure(endpoint, tls, plain));
            } catch (IOException | RuntimeException | Error failure) {
                plain.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new RedisUnavailableException(ConnectFault.of(failure).sentence(kind + " at " + endpoint), failure);
        }
    }

    /** Connects to the first of the host's addresses that answers; a host may have one that leads nowhere from here. */
    private static TimedSocket connect(Endpoint endpoint, Deadline deadline) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(endpoint.host());
        for (int i = 0; ; i++) {
            int left = addresses.length - i;
            try {
                return TimedSocket.connect(
                        new InetSocketAddress(addresses[i], endpoint.port()),
                        Math.max(1, deadline.millisLeft() / left));
            } catch (IOException failure) {
                if (left == 1) {
                    throw failure;
                }
            }
        }
    }

    private static SSLSocket secure(Endpoint endpoint, SSLSocketFactory tls, TimedSocket plain) throws IOException {
        var secure = (SSLSocket) tls.createSocket(plain, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
        } catch (SocketTimeoutException late) {
            // A server without TLS takes our first bytes for half a command, and waits.
            throw new SSLException("no answer in time", late);
        }
        return secure;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Returns the server as sentences name it: what it is called, and where it is. */
    String name() {
        return kind + " at " + endpoint;
    }

    /** Returns the socket to read from and write to. */
    Socket stream() {
        return stream;
    }

    /** Sets how long a read or a write may wait for the server; at least a millisecond. */
    void timeout(Duration time) {
        plain.setSoTimeout(Math.toIntExact(Math.max(1, time.toMillis())));
    }

    /** A call begins, whose time is bounded. */
    void beginCall() {
        plain.beginCall();
    }

    /** Whether this node has closed it. A socket that broke may not be open either. */
    boolean wasClosed() {
        return closed;
    }

    boolean isOpen() {
        return !plain.isClosed();
    }

    @Override
    public void close() {
        closed = true;
        try {
            plain.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
