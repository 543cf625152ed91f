package dev.tidings.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's bytes go: through the container's buffer, or past it where the container has a way. Nothing else
 * about streams depends on the container.
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

    private static final MethodType WRITE = MethodType.methodType(void.class, ByteBuffer.class);

    /** The method found last; there is one in a container. */
    private static volatile @Nullable PastBuffer found;

    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final @Nullable MethodHandle pastBuffer;

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

    /** Has the buffer of the size that suits how it is used. Called before the first write. */
    void sizeBuffer() {
        response.setBufferSize(pastBuffer == null ? BUFFER_BYTES : PAST_BUFFER_BYTES);
    }

    void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }

    boolean isReady() {
        return out.isReady();
    }

    /**
     * Writes an array that nobody changes.
     *
     * @return whether {@link #flush} has to follow
     */
    boolean write(byte[] bytes) throws Throwable {
        if (pastBuffer == null) {
            out.write(bytes);
            return true;
        }
        pastBuffer.invokeExact(out, ByteBuffer.wrap(bytes));
        return false;
    }

    void flush() throws IOException {
        out.flush();
    }
}
