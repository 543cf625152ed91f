package dev.tidings.http.stream;

import dev.tidings.event.EventFrame;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
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
 * <p>Over HTTP/1.1 a container makes one chunk of each write that it takes whole. Clients that read by chunks see an
 * event when its chunk is whole, so each write is of whole blocks. A block that is longer than a write may be is
 * several chunks, which leave one after the other.
 *
 * <p>Jetty sends the line end that closes a chunk with the next chunk (its issue 154). Some clients wait for it, such
 * as Python's urllib3, and would see each event when the next one comes. So on Jetty the last thing before a pause is a
 * {@linkplain #closingComment comment line}, which has the line end leave, and which readers pass over. That is one
 * more write, and browsers, which are most clients, do not wait: they are spared it.
 *
 * <p>Jetty's output stream takes a {@link ByteBuffer} past its buffer. An idle stream then holds none, which saves more
 * than its memory: Jetty looks for a free buffer among those that are held, one after the other, and beside ten
 * thousand idle streams that took more than twice as long as the write. Tomcat's buffer belongs to the connection
 * whether it is used or not.
 *
 * <p><b>Threads.</b> As those of the {@link ServletOutputStream}.
 */
final class StreamOutput {

    /** Jetty cuts what has more bytes into several writes of so many. No stream holds memory for it. */
    private static final int PAST_BUFFER_BYTES = 128 * 1024;

    /** Tomcat's own, of a response as of a connection; it makes no smaller one. */
    private static final int BUFFER_BYTES = 8 * 1024;

    /** The size of a chunk and the ends of its lines: with these, a write still fits a connection's buffer. */
    private static final int CHUNK_FRAME_BYTES = 16;

    private static final byte[] CLOSING_COMMENT = EventFrame.comment("");

    private static final MethodType WRITE = MethodType.methodType(void.class, ByteBuffer.class);

    /** The method found last; there is one in a container. */
    private static volatile @Nullable PastBuffer found;

    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final @Nullable MethodHandle pastBuffer;

    /** Whether the container is Jetty, over HTTP/1.1. */
    private final boolean chunkedByJetty;

    /** Whether the client may wait for the line end of a chunk that the container has not sent. */
    private final boolean closesChunks;

    private boolean chunkOpen;

    private Underway underway = Underway.NOTHING;

    /** How far the last write has left. */
    private enum Underway {
        /** All of it is with the system. */
        NOTHING,
        /** It may wait in the container's buffer for {@link #flush}. */
        UNFLUSHED,
        /** It may wait for room in the socket: what a flush left behind, Tomcat writes when readiness is asked for. */
        UNSEEN
    }

    /** How to write past the buffer of output streams of a class. */
    private record PastBuffer(Class<?> of, MethodHandle write) {}

    private StreamOutput(
            HttpServletResponse response,
            ServletOutputStream out,
            @Nullable MethodHandle pastBuffer,
            boolean http11,
            boolean takesNoComment) {
        this.response = response;
        this.out = out;
        this.pastBuffer = pastBuffer;
        this.chunkedByJetty = pastBuffer != null && http11;
        this.closesChunks = chunkedByJetty && !takesNoComment;
    }

    /** Of a response that nothing was written to yet. */
    static StreamOutput of(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        boolean http11 = request.getProtocol().equals("HTTP/1.1");
        return new StreamOutput(response, out, pastBuffer(out.getClass()), http11, isBrowser(request));
    }

    /** Of a response that is one document, which takes no comment. */
    static StreamOutput ofDocument(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        boolean http11 = request.getProtocol().equals("HTTP/1.1");
        return new StreamOutput(response, out, pastBuffer(out.getClass()), http11, true);
    }

    /** All browsers call themselves Mozilla. A script may do so as well, but sends no Sec-Fetch-Mode. */
    private static boolean isBrowser(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return agent != null && agent.startsWith("Mozilla/") && request.getHeader("Sec-Fetch-Mode") != null;
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
        if (chunkedByJetty) {
            // It would make no chunks for a client or a proxy that says Connection: close.
            response.setHeader("Transfer-Encoding", "chunked");
        }
    }

    void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }

    /**
     * Whether a write or a flush is possible. If not, the container calls the write listener when it is; asking
     * schedules that call.
     */
    boolean isReady() {
        boolean ready = out.isReady();
        if (ready && underway == Underway.UNSEEN) {
            underway = Underway.NOTHING;
        }
        return ready;
    }

    /** Whether all that was written has left. If not, {@link #flush} has to be called when it is ready. */
    boolean settled() {
        return underway == Underway.NOTHING;
    }

    /**
     * Writes blocks of an array that nobody changes: those that one chunk holds, and at least a part of one. It has to
     * be ready and settled.
     *
     * @param from where what was not written yet begins
     * @return where the rest begins
     */
    int write(byte[] blocks, int from) throws Throwable {
        if (pastBuffer == null) {
            int end = EventFrame.endOfBlocks(blocks, from, BUFFER_BYTES - CHUNK_FRAME_BYTES);
            underway = Underway.UNFLUSHED;
            out.write(blocks, from, end - from);
            return end;
        }
        int end = EventFrame.endOfBlocks(blocks, from, PAST_BUFFER_BYTES);
        underway = Underway.UNSEEN;
        chunkOpen = closesChunks && blocks != CLOSING_COMMENT;
        pastBuffer.invokeExact(out, ByteBuffer.wrap(blocks, from, end - from));
        return end;
    }

    /** The comment that has to be written before a pause, or null. */
    byte @Nullable [] closingComment() {
        return chunkOpen ? CLOSING_COMMENT : null;
    }

    /** Sends what waits in the container's buffer. It has to be ready. */
    void flush() throws IOException {
        if (underway == Underway.UNFLUSHED) {
            underway = Underway.UNSEEN;
            out.flush();
        }
    }
}
