package dev.tidings.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a WebSocket: what was sent to it, and when it takes that.
 *
 * <p>At first it takes each frame at once, so that a send ends within its call. While it {@linkplain #hold holds}, a send
 * ends when the test says so.
 *
 * <p><b>Threads.</b> Any.
 */
final class RecordingPeer {

    private static final Pattern TYPE = Pattern.compile("\\{\"type\":\"([a-z]+)\".*");

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final List<String> pings = new CopyOnWriteArrayList<>();
    private final List<CloseReason> closings = new CopyOnWriteArrayList<>();
    private final Queue<SendHandler> untaken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pingsBegun = new AtomicInteger();
    private final AtomicInteger closingFailures = new AtomicInteger();
    private volatile CountDownLatch reading = new CountDownLatch(0);
    private volatile boolean holding;
    private volatile boolean broken;
    private volatile boolean gone;

    /** Takes what is sent from now on only when it is told to. */
    void hold() {
        holding = true;
    }

    /** Takes the oldest frame that it has not taken. */
    void take() {
        untaken.remove().onResult(new SendResult());
    }

    /** The oldest frame that it has not taken never arrives. */
    void lose() {
        untaken.remove().onResult(new SendResult(new IOException("as if")));
    }

    /** Takes no ping until it is told to. */
    void holdPings() {
        reading = new CountDownLatch(1);
    }

    /** Takes the pings that wait, and all that come. */
    void takePings() {
        reading.countDown();
    }

    /** Whatever is sent from now on cannot even be begun. */
    void breakDown() {
        broken = true;
    }

    /** The connection is closed already, by whomever. */
    void vanish() {
        gone = true;
    }

    /** So many closings fail for a lack of memory before one does not. */
    void failToClose(int times) {
        closingFailures.set(times);
    }

    /** The texts that were sent, taken or not. */
    List<String> frames() {
        return frames;
    }

    /** What kinds of frames these are. */
    List<String> types() {
        return frames.stream().map(RecordingPeer::type).toList();
    }

    /** What the pings said. */
    List<String> pings() {
        return pings;
    }

    /** How many pings are under way, or were. */
    int pingsBegun() {
        return pingsBegun.get();
    }

    /** With what it was told that the connection ends. */
    List<CloseReason> closings() {
        return closings;
    }

    /** The connection as the hub has it. */
    Socket socket() {
        return new Socket(session(), Duration.ofSeconds(1));
    }

    private static String type(String frame) {
        Matcher matcher = TYPE.matcher(frame);
        return matcher.matches() ? matcher.group(1) : frame;
    }

    private Session session() {
        RemoteEndpoint.Async async = proxy(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            if (method.getName().equals("sendText")) {
                send((String) arguments[0], (SendHandler) arguments[1]);
            }
            return null;
        });
        RemoteEndpoint.Basic basic = proxy(RemoteEndpoint.Basic.class, (proxy, method, arguments) -> {
            requireUnbroken();
            pingsBegun.incrementAndGet();
            reading.await();
            pings.add(
                    StandardCharsets.US_ASCII.decode((ByteBuffer) arguments[0]).toString());
            return null;
        });
        return proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAsyncRemote" -> async;
            case "getBasicRemote" -> basic;
            case "getUserProperties" -> new HashMap<String, Object>();
            case "isOpen" -> !gone;
            case "close" -> close((CloseReason) arguments[0]);
            default -> null;
        });
    }

    private void send(String text, SendHandler handler) throws IOException {
        requireUnbroken();
        frames.add(text);
        if (holding) {
            untaken.add(handler);
        } else {
            handler.onResult(new SendResult());
        }
    }

    private @Nullable Object close(CloseReason reason) throws IOException {
        if (closingFailures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("as if");
        }
        requireUnbroken();
        closings.add(reason);
        return null;
    }

    private void requireUnbroken() throws IOException {
        if (broken) {
            throw new IOException("as if");
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
