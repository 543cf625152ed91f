package dev.tidings.ws;

import dev.tidings.auth.Grant;
import dev.tidings.auth.PublishGuard;
import dev.tidings.event.SelectorSet;
import dev.tidings.http.Outflow;
import dev.tidings.http.SharedFrames;
import dev.tidings.http.Streams;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Peer;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import dev.tidings.log.MemoryLog;
import dev.tidings.log.Retention;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.ManualClock;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a WebSocket does when its clock is set, and when closing it fails. */
class SocketStreamTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Logger logger = Logger.getLogger(Closing.class.getName());
    private final ManualClock clock = new ManualClock();
    private final FaultyLog log = new FaultyLog(
            new MemoryLog(new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), clock));
    private final Hub hub = new Hub(log, 8, 1 << 20, clock);
    private final Streams streams = new Streams(1, Duration.ofMillis(40), clock, clock::nanoTime);
    private final Courier courier = new Courier();
    private final SocketStream stream =
            new SocketStream(streams, courier, new Answers(8, 1 << 20), new Liveness(HEARTBEAT, clock.nanoTime()));
    private final Outflow<List<String>> outflow = outflow();
    private final Subscriber subscriber = outflow.subscriber();
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger closings = new AtomicInteger();
    private volatile int failing;

    @BeforeEach
    void begin() {
        stream.begin(outflow);
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        log.close();
        streams.close();
        courier.close();
        logger.setLevel(null);
    }

    /** Found when a clock was set back by an hour, and a silent peer was kept for as long. */
    @Test
    void silentPeerIsGivenUpThoughTheClockWasSetBack() {
        clock.set(clock.instant().minus(Duration.ofHours(1)));
        clock.advance(HEARTBEAT.multipliedBy(3));
        Eventually.holds("it is given up", () -> subscriber.ended() == DisconnectReason.SILENT);
    }

    @Test
    void closingThatFoundNoMemoryIsDoneAgain() {
        failing = 3;
        stream.connected(new Socket(session(), Duration.ofSeconds(1)));
        subscriber.end(DisconnectReason.DISCONNECTED);
        Eventually.holds("it is closed at last", () -> closings.get() == 4);
    }

    @Test
    void publishThatFindsNoMemoryIsAnsweredAndTheNextIsPublished() {
        stream.connected(new Socket(session(), Duration.ofSeconds(1)));
        SelectorSet everything = SelectorSet.parse(List.of("*"));
        var caller = new Caller(outflow, new Grant("alice", everything, everything, null, null), clock);
        var desk = new Desk(hub, new PublishGuard(List.of()), null, 1 << 20);
        var conversation = new Conversation(desk, caller, stream, 1 << 20);

        log.starved();
        conversation.hear("{\"type\":\"publish\",\"topics\":[\"/b\"],\"ref\":\"1\"}", true);
        Eventually.holds(
                "it is told",
                () -> sent.stream()
                        .anyMatch(frame -> frame.contains("\"ref\":\"1\"") && frame.contains("out of memory")));
        log.up();
        conversation.hear("{\"type\":\"publish\",\"topics\":[\"/b\"],\"ref\":\"2\"}", true);
        Eventually.holds(
                "it is published",
                () -> sent.stream().anyMatch(frame -> frame.contains("published") && frame.contains("\"ref\":\"2\"")));
    }

    private Outflow<List<String>> outflow() {
        SelectorSet topics = SelectorSet.parse(List.of("/a"));
        Subscriber opened = hub.subscribe(
                new Subscription(topics, topics, new Peer("alice", "alice", "192.0.2.1", "test", "ws", null), null),
                stream);
        var framing = new TextFraming(opened, new SharedFrames<>(ServerFrames::event), "node");
        return new Outflow<>(opened, framing, null, HEARTBEAT, clock.instant(), clock.nanoTime());
    }

    /** An open session that takes whatever is sent, and fails to close as often as the test wants. */
    private Session session() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            if (method.getName().equals("sendText")) {
                sent.add((String) arguments[0]);
                ((SendHandler) arguments[1]).onResult(new SendResult());
            }
            return null;
        });
        return proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAsyncRemote" -> remote;
            case "getUserProperties" -> new HashMap<String, Object>();
            case "isOpen" -> true;
            case "close" -> {
                if (closings.incrementAndGet() <= failing) {
                    throw new OutOfMemoryError("as if");
                }
                yield null;
            }
            default -> null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
