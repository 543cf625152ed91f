package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

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

        /** The next block, which is gone when this returns. */
        void block(Arrival block);
    }

    private final Blocks blocks;
    private final LeanResponse response = new LeanResponse(this::text);
    private final Bytes unfinished = new Bytes();
    private final Arrival block = new Arrival();

    LeanParser(Blocks blocks) {
        this.blocks = blocks;
    }

    /** Whether the head has been read. Any thread may ask. */
    boolean begun() {
        return response.begun();
    }

    /**
     * Takes the next bytes, which have just been read.
     *
     * @throws EOFException when they end the stream
     * @throws StreamCorruptedException when they are no answer with a stream
     */
    void feed(ByteBuffer bytes) throws IOException {
        block.readAt(System.nanoTime());
        response.feed(bytes);
        if (response.begun() && !response.statusLine().startsWith("HTTP/1.1 200")) {
            throw new StreamCorruptedException(response.statusLine());
        }
        if (response.over()) {
            throw new EOFException("the hub ended the stream");
        }
    }

    private void text(byte[] array, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (array[i] == '\n') {
                if (unfinished.length() == 0) {
                    line(array, start, i);
                } else {
                    unfinished.add(array, start, i);
                    line(unfinished.array(), 0, unfinished.length());
                    unfinished.clear();
                }
                start = i + 1;
            }
        }
        unfinished.add(array, start, to);
    }

    private void line(byte[] array, int from, int to) {
        if (to > from) {
            block.line(array, from, to);
        } else {
            blocks.block(block);
            block.clear();
        }
    }
}
