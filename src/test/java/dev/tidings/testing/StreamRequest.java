package dev.tidings.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A request for a stream, as an EventSource would send it unless told otherwise.
 *
 * <pre>{@code
 * try (StreamRecorder stream = container.stream("/events?topic=/news").with(token).open()) {
 *     stream.next();
 * }
 * }</pre>
 *
 * <p>The target goes out as it is written, so that a test can send raw braces and encoded slashes. Immutable: each
 * step returns another one.
 */
public final class StreamRequest {

    /** How every browser begins to say what it is. */
    private static final String BROWSER = "User-Agent: Mozilla/5.0 (a test)\r\nSec-Fetch-Mode: cors\r\n";

    private final URI server;
    private final String target;
    private final String agentLine;
    private final String headers;
    private final @Nullable SSLContext tls;

    private StreamRequest(URI server, String target, String agentLine, String headers, @Nullable SSLContext tls) {
        this.server = server;
        this.target = target;
        this.agentLine = agentLine;
        this.headers = headers;
        this.tls = tls;
    }

    /** A request to the host and port of {@code server} for {@code target}, path and query. */
    public static StreamRequest to(URI server, String target) {
        return new StreamRequest(
                server, target, BROWSER, "Accept: text/event-stream\r\nCache-Control: no-store\r\n", null);
    }

    /** The same request with the token in its {@code Authorization} header. */
    public StreamRequest with(Tokens token) {
        return header("Authorization", token.bearer());
    }

    /** The same request, resuming after {@code id}. */
    public StreamRequest after(String id) {
        return header("Last-Event-ID", id);
    }

    /** The same request to another server. */
    public StreamRequest at(URI other) {
        return new StreamRequest(other, target, agentLine, headers, tls);
    }

    /** The same request with one more header line. */
    public StreamRequest header(String name, String value) {
        return new StreamRequest(server, target, agentLine, headers + name + ": " + value + "\r\n", tls);
    }

    /** The same request of a client that says it is this, or nothing of itself where that is empty. */
    public StreamRequest agent(String userAgent) {
        String line = userAgent.isEmpty() ? "" : "User-Agent: " + userAgent + "\r\n";
        return new StreamRequest(server, target, line, headers, tls);
    }

    /** The same request over TLS, trusting whom this context trusts. */
    public StreamRequest over(SSLContext context) {
        return new StreamRequest(server, target, agentLine, headers, context);
    }

    /** Sends it, waits for the head of the response, whatever its status, and records from there on. */
    public StreamRecorder open() {
        if (tls == null && SuiteProtocol.SPOKEN.isHttp2(server)) {
            return Http2Connection.to(server).openAlone(target, headers());
        }
        RawClient client = tls == null ? RawClient.connect(server) : RawClient.connect(server, tls);
        return new StreamRecorder(client, exchange(client));
    }

    /**
     * Sends it, waits for the head of the response and reads no further.
     *
     * @param receiveBuffer about how many bytes the server can send before it is stuck, its own buffers apart
     */
    public StalledReader stall(int receiveBuffer) {
        RawClient client = RawClient.connect(server, receiveBuffer);
        return new StalledReader(client, exchange(client));
    }

    /** The header lines by their names. HTTP/2 has one of a name, and {@code Host} elsewhere. */
    private Map<String, String> headers() {
        var fields = new LinkedHashMap<String, String>();
        (agentLine + headers).lines().map(line -> line.split(": ?", 2)).forEach(line -> fields.put(line[0], line[1]));
        fields.remove("Host");
        fields.remove("Connection");
        return fields;
    }

    /** Where it goes to. */
    URI server() {
        return server;
    }

    /** The request as it goes over the wire. */
    byte[] bytes() {
        String host = server.getHost() + ":" + server.getPort();
        String text = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + agentLine + headers + "\r\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ResponseHead exchange(RawClient client) {
        try {
            return client.send(bytes()).head();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
