package dev.tidings.testing;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One connection of HTTP/2 over which a test opens as many streams as it likes, as a browser does for all its tabs.
 *
 * <p>It shows what other clients hide: with which frame a stream ends, and how large the windows are that a server may
 * fill while nobody reads.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Http2Connection implements AutoCloseable {

    private final HTTP2Client client = new HTTP2Client();
    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final URI server;
    private final Session session;
    private final CompletableFuture<Integer> refused = new CompletableFuture<>();

    private Http2Connection(URI server, int streamWindow, int connectionWindow) {
        this.server = server;
        threads.setDaemon(true);
        client.getClientConnector().setExecutor(threads);
        client.setInitialStreamRecvWindow(streamWindow);
        client.setInitialSessionRecvWindow(connectionWindow);
        client.setIdleTimeout(0);
        client.setStreamIdleTimeout(0);
        try {
            client.start();
            session = Eventually.value(connect());
        } catch (Exception e) {
            close();
            throw new AssertionError("No connection of HTTP/2 to " + server, e);
        }
    }

    /** Connects with the windows that browsers have: TLS for {@code https}, else HTTP/2 without any negotiation. */
    public static Http2Connection to(URI server) {
        return to(server, 6 << 20, 15 << 20);
    }

    /**
     * Connects with windows of these sizes.
     *
     * @param streamWindow how many bytes the server may send on a stream that is not read
     * @param connectionWindow how many it may send on all of them together; at least 65,535
     */
    public static Http2Connection to(URI server, int streamWindow, int connectionWindow) {
        return new Http2Connection(server, streamWindow, connectionWindow);
    }

    private CompletableFuture<Session> connect() {
        var address = new InetSocketAddress(server.getHost(), server.getPort());
        var listener = new Session.Listener() {
            @Override
            public void onGoAway(Session gone, GoAwayFrame frame) {
                refused.complete(frame.getError());
            }
        };
        if (server.getScheme().equals("http")) {
            return client.connect(address, listener);
        }
        var tls = new SslContextFactory.Client();
        tls.setSslContext(KeyStoreFile.contextOfTheBuild());
        client.addManaged(tls);
        return client.connect(tls, address, listener);
    }

    /** A request without a body, for this target as it is written; its answer is recorded as it comes. */
    public StreamRecorder open(String target, Map<String, String> headers) {
        return request("GET", target, headers).record();
    }

    /** As {@link #open}; the connection ends with the recorder, when that leaves as when it is cut. */
    public StreamRecorder openAlone(String target, Map<String, String> headers) {
        Http2Stream stream = request("GET", target, headers);
        return new StreamRecorder(stream.head(), stream.body(), this::close, this::close);
    }

    /** A request without a body, for this target as it is written, of whose answer nothing is read unless it is asked. */
    public Http2Stream request(String method, String target, Map<String, String> headers) {
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(fields::put);
        HttpURI uri = HttpURI.from(server.getScheme(), server.getHost(), server.getPort(), target);
        var request = new MetaData.Request(method, uri, HttpVersion.HTTP_2, fields);
        return Http2Stream.open(session, new HeadersFrame(request, null, true));
    }

    /**
     * Asks for another protocol in place of the stream's frames, as browsers ask for a WebSocket (RFC 8441), and returns
     * the status of the answer.
     */
    public int upgrade(String protocol, String target, Map<String, String> headers) {
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(fields::put);
        var authority = new HostPortHttpField(server.getHost(), server.getPort());
        var request = new MetaData.ConnectRequest(server.getScheme(), authority, target, fields, protocol);
        Http2Stream stream = Http2Stream.open(session, new HeadersFrame(request, null, false));
        int status = stream.head().status();
        stream.reset();
        return status;
    }

    /** The error with which the server has ended the connection (RFC 9113, section 7); waits for it. */
    public int awaitRefusal() {
        return Eventually.value(refused);
    }

    /** Whether the server has ended the connection, or announced that it will. */
    public boolean isRefused() {
        return refused.isDone();
    }

    /** Ends the connection and all of its streams. */
    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new AssertionError("The connection does not end", e);
        }
    }
}
