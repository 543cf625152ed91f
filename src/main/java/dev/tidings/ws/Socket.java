package dev.tidings.ws;

import dev.tidings.event.Position;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An open WebSocket of the container, and the calls that are made to it.
 *
 * <p><b>Threads.</b> Any may call any method, with one {@link #send} under way at a time. {@link #ping} and
 * {@link #close} may wait for the peer.
 */
final class Socket {

    /** Tomcat's: how long a call may wait, in milliseconds. */
    private static final String TOMCAT_BLOCKING = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final Duration BLOCKING = Duration.ofSeconds(5);

    private final Session session;

    /** @param sendLimit after what time the container gives up a peer that does not take what was sent */
    Socket(Session session, Duration sendLimit) {
        this.session = session;
        // We check ourselves whether a peer is idle.
        session.setMaxIdleTimeout(0);
        session.getAsyncRemote().setSendTimeout(sendLimit.toMillis());
        session.getUserProperties().put(TOMCAT_BLOCKING, BLOCKING.toMillis());
    }

    /** Sends a text frame; the handler is told when the peer's connection has taken it, perhaps before this returns. */
    void send(String text, SendHandler sent) {
        session.getAsyncRemote().sendText(text, sent);
    }

    void ping(Position reached) throws IOException {
        session.getBasicRemote().sendPing(ByteBuffer.wrap(reached.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    void close(CloseCode code, String reason) throws IOException {
        if (session.isOpen()) {
            session.close(new CloseReason(code, reason));
        }
    }
}
