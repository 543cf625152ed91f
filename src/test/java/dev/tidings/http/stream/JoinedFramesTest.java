package dev.tidings.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JoinedFramesTest {

    private final JoinedFrames joined = new JoinedFrames();
    private final byte[] a = "a\n\n".getBytes(UTF_8);
    private final byte[] b = "bb\n\n".getBytes(UTF_8);
    private final byte[] c = "c\n\n".getBytes(UTF_8);

    @Test
    void framesLeaveOneAfterTheOther() {
        assertThat(join(a, b, c)).asString(UTF_8).isEqualTo("a\n\nbb\n\nc\n\n");
    }

    @Test
    void streamsThatLackTheSameFramesShareTheirBytes() {
        assertThat(join(a, b)).isSameAs(join(a, b));
    }

    @Test
    void oneWhoLacksOtherFramesGetsItsOwn() {
        join(a, b);
        assertThat(join(a, c)).asString(UTF_8).isEqualTo("a\n\nc\n\n");
        assertThat(join(b, a)).asString(UTF_8).isEqualTo("bb\n\na\n\n");
    }

    @Test
    void equalTextOfAnotherEventIsAnotherFrame() {
        byte[] shared = join(a, b);
        assertThat(join(a.clone(), b)).isNotSameAs(shared).isEqualTo(shared);
    }

    @Test
    void oneWhoIsFurtherBehindDrivesNobodyOut() {
        byte[] shared = join(a, b);
        join(a, b, c);
        assertThat(join(a, b)).isSameAs(shared);
    }

    @Test
    void framesOfAnotherCountAreNeverTakenForThese() {
        join(a, b, c);
        var more = new byte[3 + 8][];
        Arrays.fill(more, c);
        System.arraycopy(new byte[][] {a, b}, 0, more, 0, 2);
        assertThat(join(more)).asString(UTF_8).isEqualTo("a\n\nbb\n\n" + "c\n\n".repeat(9));
        assertThat(join(a, b, c)).asString(UTF_8).isEqualTo("a\n\nbb\n\nc\n\n");
    }

    private byte[] join(byte[]... frames) {
        return joined.of(frames);
    }
}
