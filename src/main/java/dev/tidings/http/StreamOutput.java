package dev.tidings.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's bytes go: to the socket itself where that is within reach ({@link ResponseSocket}), or through the
 * container, past its buffer if it has a way. Nothing else about streams depends on the container.
 *
 * <p>At a quiet pace a write costs little more than the system call then. What a full socket does not take is written
 * through the container, which calls when there is room again and gives a peer up that reads no more; so is what fails,
 * since the container has to learn of that by a write of its own. Streams end with their connection, so that their bytes
 * need no frame: both roads may be taken in turn.
 *
 * <p>Jetty's output stream takes a {@link ByteBuffer} past its buffer. An idle stream then holds none, which saves more
 * than its memory: Jetty looks for a free buffer among those that are held, one after the other, and beside ten thousand
 * idle streams that took more than twice as long as the write. Tomcat's buffer belongs to the connection whether it is used or
 * not.
 *
 * <p><b>Threads.</b> As those of the {@link ServletOutputStream}.
 */
final class StreamOutput {

    /** Jetty cuts what has more bytes into several writes of so many. No stream holds memory for it. */
    private static final int PAST_BUFFER_BYTES = 128 * 1024;

    private static final int BUFFER_BYTES = 4 * 1024;

    /** The JDK copies what it writes, all of it though the socket takes only a part. */
    private static final int SOCKET_BYTES = 64 * 1024;

    private static final MethodType WRITE = MethodType.methodType(void.class, ByteBuffer.class);

    /** The method found last; there is one in a container. */
    private static volatile @Nullable PastBuffer found;

    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final @Nullable MethodHandle pastBuffer;

    /** The headers have left, or wait to: nothing goes to the socket before. */
    private boolean begun;

    private boolean looked;

    /** What was written through the container has left. */
    private boolean ready;

    private @Nullable SocketChannel socket;

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

    /** Has the response end with its connection, and its buffer be of the size that suits how it is used. */
    void prepare(HttpServletRequest request) {
        if (request.getProtocol().startsWith("HTTP/1.")) {
            response.setHeader("Connection", "close");
        }
        response.setBufferSize(pastBuffer == null ? BUFFER_BYTES : PAST_BUFFER_BYTES);
    }

    void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }

    /**
     * Whether a write is allowed. Where it is not, the container calls when it is: to ask is to have it called. It is not
     * asked when it was ready the last time and nothing was written through it since.
     */
    boolean isReady() {
        if (!ready || socket == null) {
            ready = out.isReady();
        }
        return ready;
    }

    /**
     * Writes an array that nobody changes. {@link #isReady} has to be true, and nothing be left to flush.
     *
     * @return whether {@link #flush} has to follow
     */
    boolean write(byte[] bytes) throws Throwable {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        if (begun) {
            writeToSocket(left);
        }
        begun = true;
        if (!left.hasRemaining()) {
            return false;
        }
        ready = false;
        if (pastBuffer == null) {
            out.write(bytes, left.position(), left.remaining());
            return true;
        }
        pastBuffer.invokeExact(out, left);
        return false;
    }

    /** Writes what the socket takes; nothing where there is none, or when it fails. */
    private void writeToSocket(ByteBuffer left) {
        if (!looked) {
            looked = true;
            socket = ResponseSocket.of(response, out);
        }
        SocketChannel channel = socket;
        if (channel == null) {
            return;
        }
        int end = left.limit();
        try {
            do {
                left.limit(Math.min(left.position() + SOCKET_BYTES, end));
                channel.write(left);
            } while (!left.hasRemaining() && left.limit() < end);
        } catch (IOException broken) {
            socket = null;
        } finally {
            left.limit(end);
        }
    }

    void flush() throws IOException {
        out.flush();
    }
}
