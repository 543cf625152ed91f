package dev.tidings.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
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

    /** One of each pair of windows: to start it takes longer than most requests. Its threads are daemons. */
    private static final Map<Windows, HTTP2Client> CLIENTS = new ConcurrentHashMap<>();

    private static final Map<String, Http2Connection> SHARED = new ConcurrentHashMap<>();

    private final URI server;
    private final HTTP2Session session;
    private final CompletableFuture<Integer> refused = new CompletableFuture<>();

    private record Windows(int stream, int connection) {}

    private Http2Connection(URI server, Windows windows) {
        this.server = server;
        HTTP2Client client = CLIENTS.computeIfAbsent(windows, Http2Connection::started);
        var address = new InetSocketAddress(server.getHost(), server.getPort());
        boolean secure = !server.getScheme().equals("http");
        try {
            session = (HTTP2Session) Eventually.value(
                    secure
                            ? client.connect(
                                    client.getClientConnector().getSslContextFactory(), address, new Listener())
                            : client.connect(address, new Listener()));
        } catch (RuntimeException | Error e) {
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
        return new Http2Connection(server, new Windows(streamWindow, connectionWindow));
    }

    /** The connection to this server that requests share which are not about it; another one, if the server has ended it. */
    static Http2Connection shared(URI server) {
        return SHARED.compute(
                server.getAuthority(),
                (authority, last) -> last == null || last.isRefused() || last.session.isClosed() ? to(server) : last);
    }

    private static HTTP2Client started(Windows windows) {
        var tls = new SslContextFactory.Client();
        tls.setSslContext(KeyStoreFile.contextOfTheBuild());
        var threads = new QueuedThreadPool();
        threads.setDaemon(true);
        var client = new HTTP2Client();
        client.getClientConnector().setSslContextFactory(tls);
        client.getClientConnector().setExecutor(threads);
        client.setInitialStreamRecvWindow(windows.stream());
        client.setInitialSessionRecvWindow(windows.connection());
        client.setIdleTimeout(0);
        client.setStreamIdleTimeout(0);
        try {
            client.start();
            return client;
        } catch (Exception e) {
            throw new AssertionError("The client of HTTP/2 does not start", e);
        }
    }

    private final class Listener implements Session.Listener {

        @Override
        public void onGoAway(Session gone, GoAwayFrame frame) {
            refused.complete(frame.getError());
        }
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
        var fields = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> fields.put(name, List.of(value)));
        return Http2Stream.open(session, new HeadersFrame(metaData(method, target, fields), null, true));
    }

    /**
     * A request with this body, which may be empty. Its fields may have several values, and one named {@code host} is the
     * authority.
     */
    Http2Answer ask(String method, String target, Map<String, List<String>> headers, byte[] body) {
        var answer = new Http2Answer();
        boolean whole = body.length == 0;
        Stream stream = Eventually.value(
                session.newStream(new HeadersFrame(metaData(method, target, headers), null, whole), answer));
        if (!whole) {
            // A server that has read enough may refuse the rest; its answer can be read then.
            stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(body), true), Callback.NOOP);
        }
        return answer;
    }

    private MetaData.Request metaData(String method, String target, Map<String, List<String>> headers) {
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach((name, values) -> values.forEach(value -> fields.add(name, octets(value))));
        fields.remove("connection");
        String host = fields.get("host");
        fields.remove("host");
        HostPort authority = host == null ? new HostPort(server.getHost(), server.getPort()) : new HostPort(host);
        return new MetaData.Request(method, uri(authority, octets(target)), HttpVersion.HTTP_2, fields);
    }

    /** With the target as it is written: the client's own reader refuses some that servers have to bear. */
    private HttpURI uri(HostPort authority, String target) {
        HttpURI root = HttpURI.from(server.getScheme(), authority.getHost(), authority.getPort(), "/");
        InvocationHandler rest = (proxy, method, arguments) ->
                method.getName().equals("getPathQuery") ? target : method.invoke(root, arguments);
        return (HttpURI) Proxy.newProxyInstance(HttpURI.class.getClassLoader(), new Class<?>[] {HttpURI.class}, rest);
    }

    /** The client writes a byte for each character. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
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
        session.close(ErrorCode.NO_ERROR.code, "", Callback.from(session::disconnect));
    }
}
