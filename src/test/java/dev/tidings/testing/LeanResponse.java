package dev.tidings.testing;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Reads one response from bytes cut anywhere, head and framing, and hands on its body: for thousands of connections at
 * once, so it keeps little and makes nothing of the body but ranges of the buffer that was read into.
 *
 * <p><b>Threads.</b> One at a time; {@link #begun} is for any.
 */
final class LeanResponse {

    /** What hears of the body. */
    interface Body {

        /** The next bytes of it, in an array that is not theirs to keep. */
        void bytes(byte[] array, int from, int to);
    }

    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        LAST_LINE,
        COUNTED,
        REST,
        OVER
    }

    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private final Body body;
    private final Bytes line = new Bytes();
    private Part part = Part.HEAD;
    private long left = -1;
    private boolean chunked;
    private boolean closes;
    private String statusLine = "";
    private volatile boolean begun;

    LeanResponse(Body body) {
        this.body = body;
    }

    /** Whether the head has been read. */
    boolean begun() {
        return begun;
    }

    /** Whether all of it has been read. */
    boolean over() {
        return part == Part.OVER;
    }

    /** The first line of the head, or nothing while it has not come. */
    String statusLine() {
        return statusLine;
    }

    /** Whether it says that the connection ends with it. */
    boolean closes() {
        return closes;
    }

    /**
     * Takes the next bytes, up to the response's end.
     *
     * @throws StreamCorruptedException when they are no response
     */
    void feed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && part != Part.OVER) {
            switch (part) {
                case CHUNK, COUNTED, REST -> inBody(bytes);
                default -> around(bytes.get());
            }
        }
    }

    private void inBody(ByteBuffer bytes) {
        int count = part == Part.REST ? bytes.remaining() : (int) Math.min(left, bytes.remaining());
        int from = bytes.arrayOffset() + bytes.position();
        bytes.position(bytes.position() + count);
        body.bytes(bytes.array(), from, from + count);
        left -= count;
        if (left == 0 && part != Part.REST) {
            part = part == Part.CHUNK ? Part.CHUNK_END : Part.OVER;
        }
    }

    private void around(byte b) throws IOException {
        if (b != '\n') {
            line.add(b);
            return;
        }
        String text = line.text().strip();
        line.clear();
        switch (part) {
            case HEAD -> head(text);
            case CHUNK_SIZE -> chunk(text);
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            default -> part = text.isEmpty() ? Part.OVER : Part.LAST_LINE;
        }
    }

    private void head(String text) throws IOException {
        if (statusLine.isEmpty()) {
            if (!text.startsWith("HTTP/1.")) {
                throw new StreamCorruptedException("not a response: " + text);
            }
            statusLine = text;
        } else if (text.isEmpty()) {
            begun = true;
            left = statusLine.startsWith(" 204", VERSION_LENGTH) ? 0 : left;
            part = chunked ? Part.CHUNK_SIZE : left == 0 ? Part.OVER : left > 0 ? Part.COUNTED : Part.REST;
        } else {
            String header = text.toLowerCase(Locale.ROOT);
            chunked |= header.startsWith("transfer-encoding:") && header.endsWith("chunked");
            closes |= header.startsWith("connection:") && header.endsWith("close");
            if (header.startsWith("content-length:")) {
                left = Long.parseLong(
                        header.substring("content-length:".length()).strip());
            }
        }
    }

    private void chunk(String size) {
        left = Long.parseLong(size, 16);
        part = left == 0 ? Part.LAST_LINE : Part.CHUNK;
    }
}
