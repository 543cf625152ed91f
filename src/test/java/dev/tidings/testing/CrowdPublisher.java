package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a {@link Crowd} over which requests go out, each when the one before is answered.
 *
 * <p>It is kept as long as the server keeps it, and opened again where the server has said that it ends. An answer that
 * is not of the 200s is a fault of the crowd.
 *
 * <p><b>Threads.</b> The crowd's.
 */
public final class CrowdPublisher extends CrowdConnection {

    private static final int EXPLANATION_BYTES = 500;

    private final Crowd crowd;
    private final Bytes explanation = new Bytes();
    private LeanResponse answer = new LeanResponse(this::explain);
    private boolean connected;
    private boolean waiting;

    /** One that this crowd will connect. */
    public CrowdPublisher(Crowd crowd) {
        super(0);
        this.crowd = crowd;
    }

    /** Whether it is connected and nothing waits for an answer. */
    public boolean isIdle() {
        return connected && !waiting;
    }

    /** Publishes this, a whole request; only when it is idle. */
    public void publish(byte[] request) {
        waiting = true;
        try {
            say(request);
        } catch (IOException failure) {
            crowd.fault(this, failure);
        }
    }

    /** The bytes of a {@code POST} of this body. */
    public static byte[] post(URI server, String target, String headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + headers
                + "Content-Length: " + content.length + "\r\n\r\n";
        byte[] request = new byte[head.length() + content.length];
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, request, 0, head.length());
        System.arraycopy(content, 0, request, head.length(), content.length);
        return request;
    }

    /** Whether it is connected. */
    @Override
    public boolean isOpen() {
        return connected;
    }

    @Override
    byte @Nullable [] opening() {
        return null;
    }

    @Override
    void connected() {
        connected = true;
    }

    @Override
    void received(ByteBuffer bytes) throws IOException {
        answer.feed(bytes);
        if (!answer.over()) {
            return;
        }
        if (!waiting) {
            throw new EOFException("an answer to nothing: " + answer.statusLine());
        }
        if (!answer.statusLine().startsWith(" 2", "HTTP/1.1".length())) {
            throw new StreamCorruptedException("answered " + answer.statusLine() + " " + explanation.text());
        }
        boolean closes = answer.closes();
        explanation.clear();
        answer = new LeanResponse(this::explain);
        waiting = false;
        if (closes) {
            connectAgain();
        }
    }

    /** A server may end a connection over which nothing goes. */
    @Override
    void ended() throws IOException {
        if (waiting) {
            super.ended();
        }
        connectAgain();
    }

    private void connectAgain() {
        connected = false;
        reset();
        crowd.open(this);
    }

    private void explain(byte[] array, int from, int to) {
        explanation.add(array, from, Math.min(to, from + Math.max(0, EXPLANATION_BYTES - explanation.length())));
    }

    @Override
    public String toString() {
        return "publishing";
    }
}
