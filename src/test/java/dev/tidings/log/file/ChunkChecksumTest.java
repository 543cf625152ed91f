package dev.tidings.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A chunk knows by its sum whether all of it is there. */
class ChunkChecksumTest {

    private static final String PAIRS = "chunk:1,len:2";
    private static final int LENGTH = 400;

    /** What a sum takes: a comma, its name, a colon and eight digits. */
    private static final int ROOM = 13;

    @Test
    void everyChangedByteIsNoticed() {
        byte[] chunk = chunk(40);
        ChunkChecksum.write(ByteBuffer.wrap(chunk));
        String text = text(chunk);
        assertThat(text).startsWith(PAIRS + ",sum:");
        assertThat(matches(chunk)).isTrue();
        for (int at = PAIRS.length() + 40 + 1; at < LENGTH; at++) {
            byte[] damaged = chunk.clone();
            damaged[at] ^= 1;
            assertThat(matches(damaged)).as("byte %d", at).isFalse();
        }
        for (int at = 0; at < PAIRS.length(); at++) {
            byte[] damaged = chunk.clone();
            damaged[at] ^= 1;
            assertThat(matches(damaged)).as("byte %d", at).isFalse();
        }
    }

    @Test
    void sumIsWrittenWhereThereIsJustRoomForIt() {
        byte[] chunk = chunk(ROOM);
        ChunkChecksum.write(ByteBuffer.wrap(chunk));
        assertThat(ChunkChecksum.isIn(text(chunk))).isTrue();
        assertThat(matches(chunk)).isTrue();
    }

    @Test
    void chunkWithoutRoomForItIsLeftAsItIs() {
        byte[] chunk = chunk(ROOM - 1);
        byte[] before = chunk.clone();
        ChunkChecksum.write(ByteBuffer.wrap(chunk));
        assertThat(chunk).isEqualTo(before);
        assertThat(ChunkChecksum.isIn(text(chunk))).isFalse();
    }

    private static byte[] chunk(int spaces) {
        var chunk = new byte[LENGTH];
        Arrays.fill(chunk, (byte) 'x');
        byte[] line = (PAIRS + " ".repeat(spaces) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(line, 0, chunk, 0, line.length);
        return chunk;
    }

    /** The pairs at its beginning, as the store reads them. */
    private static String text(byte[] chunk) {
        String all = new String(chunk, StandardCharsets.ISO_8859_1);
        return all.substring(0, all.indexOf('\n')).trim();
    }

    private static boolean matches(byte[] chunk) {
        return ChunkChecksum.matches(text(chunk), ByteBuffer.wrap(chunk));
    }
}
