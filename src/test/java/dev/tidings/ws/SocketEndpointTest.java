package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the container calls for one WebSocket, and what it is asked for when that is there. */
class SocketEndpointTest {

    private final OneSocket socket = OneSocket.still();
    private final SocketEndpoint endpoint = new SocketEndpoint(socket.stream, socket.assembler, Duration.ofSeconds(60));
    private final Map<Object, MessageHandler> handlers = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final Map<String, Object> set = new HashMap<>();
    private final EndpointConfig config = proxy(EndpointConfig.class, (proxy, method, arguments) -> null);

    @BeforeEach
    void open() {
        RemoteEndpoint.Async async = proxy(RemoteEndpoint.Async.class, this::set);
        endpoint.onOpen(
                proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "addMessageHandler" -> handlers.put(arguments[0], (MessageHandler) arguments[1]);
                    case "getAsyncRemote" -> async;
                    case "getUserProperties" -> properties;
                    default -> set(proxy, method, arguments);
                }),
                config);
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void hubLooksItselfWhetherAPeerIsIdleAndTheContainerWaitsSoLongForOneThatTakesNothing() {
        assertThat(set).containsEntry("setMaxIdleTimeout", 0L).containsEntry("setSendTimeout", 60_000L);
        assertThat(properties).containsEntry("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", 5_000L);
    }

    @Test
    void whatThePeerSaysIsHeardAndEverythingIsASignOfLife() {
        partial(String.class).onMessage("{\"type\":\"publish\",", false);
        partial(String.class).onMessage("\"topics\":[\"/b\"]}", true);
        assertThat(socket.log.end().sequence()).isEqualTo(1);
        socket.clock.advance(OneSocket.HEARTBEAT);
        partial(ByteBuffer.class).onMessage(ByteBuffer.allocate(1), true);
        assertThat(socket.liveness.needsPing(socket.clock.nanoTime())).isFalse();
        socket.clock.advance(OneSocket.HEARTBEAT);
        assertThat(socket.liveness.needsPing(socket.clock.nanoTime())).isTrue();
        whole(PongMessage.class).onMessage(proxy(PongMessage.class, (proxy, method, arguments) -> null));
        assertThat(socket.liveness.needsPing(socket.clock.nanoTime())).isFalse();
    }

    @Test
    void connectionThatIsClosedEndsTheStream() {
        endpoint.onClose(
                proxy(Session.class, (proxy, method, arguments) -> null),
                new CloseReason(CloseReason.CloseCodes.GOING_AWAY, ""));
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
    }

    @Test
    void connectionThatFailsEndsTheStream() {
        endpoint.onError(proxy(Session.class, (proxy, method, arguments) -> null), new IOException("as if"));
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
    }

    /** What is set is remembered. */
    private @Nullable Object set(Object proxy, Method method, Object[] arguments) {
        return set.put(method.getName(), arguments[0]);
    }

    @SuppressWarnings("unchecked")
    private <T> MessageHandler.Partial<T> partial(Class<T> type) {
        return (MessageHandler.Partial<T>) handlers.get(type);
    }

    @SuppressWarnings("unchecked")
    private <T> MessageHandler.Whole<T> whole(Class<T> type) {
        return (MessageHandler.Whole<T>) handlers.get(type);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
