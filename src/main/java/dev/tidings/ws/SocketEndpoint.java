package dev.tidings.ws;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.logging.Logs;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Receives the container's calls for one WebSocket. {@link WebSocketServlet} makes it before the upgrade.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class SocketEndpoint extends Endpoint {

    private static final System.Logger LOG = Logs.of(SocketEndpoint.class);

    private final SocketStream stream;
    private final FrameAssembler assembler;
    private final Duration sendLimit;

    /** @param sendLimit after what time the container gives up a peer that does not take what was sent */
    SocketEndpoint(SocketStream stream, FrameAssembler assembler, Duration sendLimit) {
        this.stream = stream;
        this.assembler = assembler;
        this.sendLimit = sendLimit;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) assembler::onText);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) assembler::onBinary);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> stream.peerActive());
        stream.connected(new Socket(session, sendLimit));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        stream.endSubscriber(DisconnectReason.CLOSED);
    }

    /** Our handlers throw nothing, so the connection has failed, or the data that came over it is malformed. */
    @Override
    public void onError(Session session, Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, "a WebSocket failed", failure);
        stream.endSubscriber(DisconnectReason.CLOSED);
    }
}
