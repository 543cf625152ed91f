package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response of a stream from bytes cut anywhere, head, chunks and all, and costs little: for thousands of
 * streams at once. {@link BlockParser} is the strict one.
 *
 * <p>Of an event's data only the last line is kept.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class LeanParser {

    /** What hears of blocks. */
    interface Blocks {

        /** The next block; its type is empty when it has none, its id and data are null. */
        void block(String type, @Nullable String id, @Nullable String data);
    }

    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END
    }

    private final Blocks blocks;
    private final Line framing = new Line();
    private final Line text = new Line();
    private Part part = Part.HEAD;
    private int left;
    private boolean statusRead;
    private volatile boolean begun;
    private String type = "";
    private @Nullable String id;
    private @Nullable String data;

    LeanParser(Blocks blocks) {
        this.blocks = blocks;
    }

    /** Whether the head has been read. Any thread may ask. */
    boolean begun() {
        return begun;
    }

    /**
     * Takes the next bytes.
     *
     * @throws EOFException when they end the stream
     * @throws StreamCorruptedException when they are no answer with a stream
     */
    void feed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (part == Part.CHUNK) {
                int count = Math.min(left, bytes.remaining());
                left -= count;
                for (int i = 0; i < count; i++) {
                    inStream(bytes.get());
                }
                part = left == 0 ? Part.CHUNK_END : Part.CHUNK;
            } else {
                aroundStream(bytes.get());
            }
        }
    }

    private void aroundStream(byte b) throws IOException {
        if (b != '\n') {
            framing.add(b);
            return;
        }
        String line = framing.from(0).strip();
        framing.clear();
        switch (part) {
            case HEAD -> head(line);
            case CHUNK_SIZE -> chunk(Integer.parseInt(line, 16));
            default -> part = Part.CHUNK_SIZE;
        }
    }

    private void head(String line) throws IOException {
        if (!statusRead && !line.startsWith("HTTP/1.1 200")) {
            throw new StreamCorruptedException(line);
        }
        statusRead = true;
        if (line.isEmpty()) {
            begun = true;
            part = Part.CHUNK_SIZE;
        }
    }

    private void chunk(int size) throws IOException {
        if (size == 0) {
            throw new EOFException("the hub ended the stream");
        }
        left = size;
        part = Part.CHUNK;
    }

    private void inStream(byte b) {
        if (b != '\n') {
            text.add(b);
            return;
        }
        if (text.isEmpty()) {
            blocks.block(type, id, data);
            type = "";
            id = null;
            data = null;
        } else if (text.startsWith("data: ")) {
            data = text.from(6);
        } else if (text.startsWith("id: ")) {
            id = text.from(4);
        } else if (text.startsWith("event: ")) {
            type = text.from(7);
        }
        text.clear();
    }

    /** A line that is under way. */
    private static final class Line {

        private byte[] bytes = new byte[64];
        private int length;

        void add(byte b) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = b;
        }

        boolean isEmpty() {
            return length == 0;
        }

        boolean startsWith(String field) {
            if (length < field.length()) {
                return false;
            }
            for (int i = 0; i < field.length(); i++) {
                if (bytes[i] != field.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        String from(int start) {
            return new String(bytes, start, length - start, StandardCharsets.UTF_8);
        }

        void clear() {
            length = 0;
        }
    }
}
