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
    private final Socket plain;
    private final Socket stream;

    private RedisSocket(String kind, Endpoint endpoint, Socket plain, Socket stream) {
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
        Socket plain = new Socket();
        try {
            plain = connect(endpoint, deadline);
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            plain.setSoTimeout(deadline.millisLeft());
            return new RedisSocket(kind, endpoint, plain, tls == null ? plain : secure(endpoint, tls, plain));
        } catch (IOException failure) {
            close(plain);
            throw new RedisUnavailableException(ConnectFault.of(failure).sentence(kind + " at " + endpoint), failure);
        }
    }

    /** Connects to the first of the host's addresses that answers; a host may have one that leads nowhere from here. */
    private static Socket connect(Endpoint endpoint, Deadline deadline) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(endpoint.host());
        for (int i = 0; ; i++) {
            int left = addresses.length - i;
            var socket = new Socket();
            try {
                socket.connect(
                        new InetSocketAddress(addresses[i], endpoint.port()),
                        Math.max(1, deadline.millisLeft() / left));
                return socket;
            } catch (IOException failure) {
                close(socket);
                if (left == 1) {
                    throw failure;
                }
            }
        }
    }

    private static SSLSocket secure(Endpoint endpoint, SSLSocketFactory tls, Socket plain) throws IOException {
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

    /** Sets how long a read may wait: at least a millisecond, since 0 would be for ever. */
    void readTimeout(Duration time) {
        try {
            plain.setSoTimeout(Math.toIntExact(Math.max(1, time.toMillis())));
        } catch (IOException closed) {
            // The next call says so.
            return;
        }
    }

    boolean isOpen() {
        return !plain.isClosed();
    }

    @Override
    public void close() {
        close(plain);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
