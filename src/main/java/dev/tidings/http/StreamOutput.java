package dev.tidings.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's bytes go: to the socket itself where that is within reach ({@link ResponseSocket}), or through the
 * container, past its buffer if it has a way. Nothing else about streams depends on the container.
 *
 * <p>At a quiet pace a write costs little more than the system call then. What a full socket does not take is written
 * through the container, which calls when there is room again and gives a peer up that reads no more; so is what fails,
 * since the container has to learn of that by a write of its own; and so is one write every other second, since the
 * container counts from its own last one how long a peer has not read. Streams end with their connection, so that their
 * bytes need no frame: both roads may be taken in turn.
 *
 * <p>Jetty's output stream takes a {@link ByteBuffer} past its buffer. An idle stream then holds none, which saves more
 * than its memory: Jetty looks for a free buffer among those that are held, one after the other, and beside ten thousand
 * idle streams that took more than twice as long as the write. Tomcat's buffer belongs to the connection whether it is
 * used or not.
 *
 * <p><b>Threads.</b> As those of the {@link ServletOutputStream}.
 */
final class StreamOutput {

    /** Jetty cuts what has more bytes into several writes of so many. No stream holds memory for it. */
    private static final int PAST_BUFFER_BYTES = 128 * 1024;

    private static final int BUFFER_BYTES = 4 * 1024;

    /** The JDK copies what it writes, all of it though the socket takes only a part. */
    private static final int SOCKET_BYTES = 64 * 1024;

    /** How long the container may know of no write. A reader that stalls is given up so much sooner, at most. */
    private static final long UNKNOWN_NANOS = Duration.ofSeconds(2).toNanos();

    private static final MethodType WRITE = MethodType.methodType(void.class, ByteBuffer.class);

    /** The method found last; there is one in a container. */
    private static volatile @Nullable PastBuffer found;

    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final @Nullable MethodHandle pastBuffer;

    private Underway underway = Underway.NOTHING;

    /** When something went through the container, by {@link System#nanoTime}. */
    private long wentThrough;

    private @Nullable SocketChannel socket;

    /** The headers have left: nothing goes to the socket before. */
    private boolean begun;

    /** What was written through the container and may not have left. */
    private enum Underway {
        /** All of it is with the system. */
        NOTHING,
        /** It may wait in the container's buffer for {@link #flush}. */
        UNFLUSHED,
        /** It may wait for room in the socket. */
        UNSEEN
    }

    /** How to write past the buffer of output streams of a class. */
    private record PastBuffer(Class<?> of, MethodHandle write) {}

    private StreamOutput(HttpServletResponse response, ServletOutputStream out, @Nullable MethodHandle pastBuffer) {
        this.response = response;
        this.out = out;
        this.pastBuffer = pastBuffer;
    }

    /** Of a response that nothing was written to yet. */
    static StreamOutput of(HttpServletResponse response) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        return new StreamOutput(response, out, pastBuffer(out.getClass()));
    }

    private static @Nullable MethodHandle pastBuffer(Class<?> type) {
        PastBuffer known = found;
        if (known != null && known.of() == type) {
            return known.write();
        }
        if (!type.getName().startsWith("org.eclipse.jetty.")) {
            return null;
        }
        try {
            MethodHandle write = MethodHandles.publicLookup()
                    .findVirtual(type, "write", WRITE)
                    .asType(WRITE.insertParameterTypes(0, ServletOutputStream.class));
            found = new PastBuffer(type, write);
            return write;
        } catch (ReflectiveOperationException another) {
            return null;
        }
    }

    /** Has the response be of the form that suits how it is written. Called before the first write. */
    void prepare() {
        response.setBufferSize(pastBuffer == null ? BUFFER_BYTES : PAST_BUFFER_BYTES);
        socket = ResponseSocket.of(response, out);
        if (socket != null) {
            // So that what follows the headers needs no frame around it.
            response.setHeader("Connection", "close");
        }
    }

    void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }

    /** Whether anything may be done. If not, the container calls when it may be: to ask is to have it called. */
    boolean isReady() {
        if (underway == Underway.NOTHING && begun && socket != null) {
            // Nothing of ours can wait in the container.
            return true;
        }
        boolean ready = out.isReady();
        if (ready && underway == Underway.UNSEEN) {
            underway = Underway.NOTHING;
            begin();
        }
        return ready;
    }

    /** Whether all that was written has left. If not, {@link #flush} has to be called when it is ready. */
    boolean settled() {
        return underway == Underway.NOTHING;
    }

    /** Writes an array that nobody changes. It has to be ready and settled. */
    void write(byte[] bytes) throws Throwable {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        long now = System.nanoTime();
        if (begun && now - wentThrough < UNKNOWN_NANOS) {
            writeToSocket(rest);
        }
        if (!rest.hasRemaining()) {
            return;
        }
        wentThrough = now;
        if (pastBuffer == null) {
            underway = Underway.UNFLUSHED;
            out.write(bytes, rest.position(), rest.remaining());
        } else {
            underway = Underway.UNSEEN;
            pastBuffer.invokeExact(out, rest);
        }
    }

    /** Has what waits in the container's buffer leave. It has to be ready. */
    void flush() throws IOException {
        if (underway == Underway.UNFLUSHED) {
            underway = Underway.UNSEEN;
            out.flush();
        }
    }

    /** The headers have left, and tell whether what follows them goes out as it is. */
    private void begin() {
        if (!begun) {
            begun = true;
            if (socket != null && !ResponseSocket.isPlain(response)) {
                socket = null;
            }
        }
    }

    /** Writes what the socket takes; nothing where there is none, or when it fails. */
    private void writeToSocket(ByteBuffer rest) {
        SocketChannel channel = socket;
        if (channel == null) {
            return;
        }
        int end = rest.limit();
        try {
            do {
                rest.limit(Math.min(rest.position() + SOCKET_BYTES, end));
                channel.write(rest);
            } while (!rest.hasRemaining() && rest.limit() < end);
        } catch (Throwable broken) {
            // The container is to meet it as well, by a write of its own.
            socket = null;
        } finally {
            rest.limit(end);
        }
    }
}
