package dev.tidings.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.PlainRequest;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How bytes leave through a container's buffer, as on Tomcat: so many at once, cut between blocks, and flushed. */
class StreamOutputTest {

    /** Eight kibibytes, less what makes a chunk of them. */
    private static final int MOST = 8_176;

    private final RecordingOutput recorded = new RecordingOutput();
    private StreamOutput out;

    @BeforeEach
    void open() throws IOException {
        out = StreamOutput.of(new PlainRequest(), recorded.response());
    }

    @Test
    void whatFitsLeavesInOneWrite() throws Throwable {
        byte[] blocks = block(MOST);
        assertThat(out.write(blocks, 0)).isEqualTo(MOST);
        assertThat(recorded.text()).isEqualTo(new String(blocks, UTF_8));
    }

    @Test
    void writeEndsWithABlock() throws Throwable {
        byte[] blocks = JoinedFrames.join(new byte[][] {block(4_000), block(4_000), block(4_000)});
        assertThat(out.write(blocks, 0)).isEqualTo(8_000);
        flush();
        assertThat(out.write(blocks, 8_000)).isEqualTo(12_000);
        flush();
        assertThat(recorded.text()).isEqualTo(new String(blocks, UTF_8));
    }

    @Test
    void blockThatIsLongerThanAWriteIsCut() throws Throwable {
        byte[] blocks = block(MOST + 1);
        assertThat(out.write(blocks, 0)).isEqualTo(MOST);
        flush();
        assertThat(out.write(blocks, MOST)).isEqualTo(MOST + 1);
    }

    @Test
    void whatWasWrittenHasLeftWhenItWasFlushedAndThereIsRoomAgain() throws Throwable {
        assertThat(out.settled()).isTrue();
        out.write(block(10), 0);
        assertThat(out.isReady()).isTrue();
        assertThat(out.settled()).isFalse();
        out.flush();
        assertThat(out.settled()).isFalse();
        recorded.room(0);
        assertThat(out.isReady()).isFalse();
        assertThat(out.settled()).isFalse();
        recorded.room(1);
        assertThat(out.isReady()).isTrue();
        assertThat(out.settled()).isTrue();
    }

    @Test
    void flushIsMadeOnceForEachWriteAndNoneWithoutOne() throws Throwable {
        out.flush();
        assertThat(recorded.flushes()).isZero();
        out.write(block(10), 0);
        out.flush();
        out.flush();
        assertThat(recorded.flushes()).isOne();
    }

    @Test
    void noAfterwordIsNeededWhereTheContainerEndsItsChunks() throws Throwable {
        out.write(block(10), 0);
        assertThat(out.closingComment()).isNull();
    }

    @Test
    void responseIsAskedForASmallBufferAndNothingElse() {
        out.prepare();
        assertThat(recorded.prepared()).containsExactly("setBufferSize[8192]");
    }

    private void flush() throws IOException {
        out.flush();
        assertThat(out.isReady()).isTrue();
        assertThat(out.settled()).isTrue();
    }

    /** A block of so many bytes. */
    private static byte[] block(int bytes) {
        return (":" + "x".repeat(bytes - 3) + "\n\n").getBytes(UTF_8);
    }
}
