package dev.tidings.log.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A checksum over a whole chunk of a store, written into the text at the chunk's beginning.
 *
 * <p>That text is a line of {@code name:value} pairs, filled up with spaces. The store ignores a pair that it does not know.
 * There is ample room. If there were none, the chunk would get no sum.
 */
final class ChunkChecksum {

    private static final String NAME = ",sum:";
    private static final int LENGTH = NAME.length() + 8;

    private ChunkChecksum() {}

    /** Puts the sum into a chunk that is about to be written. */
    static void write(ByteBuffer chunk) {
        int line = line(chunk);
        int text = line;
        while (text > 0 && chunk.get(text - 1) == ' ') {
            text--;
        }
        if (line - text >= LENGTH) {
            String sum = NAME + String.format("%08x", sum(chunk, text, line));
            chunk.put(text, sum.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Whether the text at a chunk's beginning has a sum. */
    static boolean isIn(String text) {
        return text.contains(NAME);
    }

    /** Whether the sum in a chunk's text is that of the chunk. */
    static boolean matches(String text, ByteBuffer chunk) {
        int at = text.indexOf(NAME);
        return text.substring(at + NAME.length()).equals(String.format("%08x", sum(chunk, at, line(chunk))));
    }

    private static int line(ByteBuffer chunk) {
        int end = 0;
        while (end < chunk.limit() - 1 && chunk.get(end) != '\n') {
            end++;
        }
        return end;
    }

    private static int sum(ByteBuffer chunk, int text, int line) {
        var sum = new CRC32C();
        sum.update(chunk.slice(0, text));
        sum.update(chunk.slice(line, chunk.limit() - line));
        return (int) sum.getValue();
    }
}
