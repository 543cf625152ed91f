package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;

/**
 * A body in chunks (RFC 9112, section 7.1) without the chunks.
 *
 * <p>Ends only at the last chunk: a connection that ends before it throws EOFException, which is how a cut stream is
 * told from one that the server ended. Hands on what has arrived and does not wait for a chunk to be whole.
 */
final class ChunkedBody extends InputStream {

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The connection ended in the middle of a chunk");
        }
        left -= count;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (ended) {
            return false;
        }
        if (begun && !Wire.readLine(in).isEmpty()) {
            throw new StreamCorruptedException("A chunk is longer than its size");
        }
        begun = true;
        String size = Wire.readLine(in);
        left = Long.parseLong(size, 16);
        ended = left == 0;
        if (ended && !Wire.readLine(in).isEmpty()) {
            throw new StreamCorruptedException("A trailer, which nobody asked for");
        }
        return !ended;
    }
}
