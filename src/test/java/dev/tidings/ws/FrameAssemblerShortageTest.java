package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a frame for which there is no memory when it is heard, and of those that follow it. */
class FrameAssemblerShortageTest {

    private static final String ECHO = "{\"type\":\"echo\",\"data\":1}";

    private final OneSocket socket = OneSocket.still();

    @BeforeEach
    void connect() {
        socket.connect().turn();
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void frameIsAnsweredAndTheNextIsHeard() {
        socket.starve(1);
        socket.assembler.hear(ECHO, true);
        assertTold();
        assertHears();
    }

    @Test
    void frameIsAnsweredOnceAndTheRestOfItIsPassedOver() {
        socket.assembler.hear("{\"type\":", false);
        socket.starve(1);
        socket.assembler.hear("\"echo\",", false);
        assertTold();
        socket.assembler.hear("\"data\":1", false);
        socket.assembler.hear("}", true);
        assertThat(answers()).isEmpty();
        assertHears();
    }

    @Test
    void frameThatFindsNoMemoryAgainIsAnsweredOnce() {
        socket.starve(2);
        socket.assembler.hear("{\"type\":", false);
        socket.assembler.hear("\"echo\",", false);
        assertTold();
        socket.assembler.hear("\"data\":1}", true);
        assertThat(answers()).isEmpty();
        assertHears();
    }

    /** Found when the frame after it was passed over as well, and never answered. */
    @Test
    void frameWhoseEndFindsNoMemoryEitherIsOver() {
        socket.starve(2);
        socket.assembler.hear("{\"type\":", false);
        socket.assembler.hear("\"echo\"}", true);
        assertTold();
        assertHears();
    }

    /** Otherwise a client whose frames are never heard could send one without an end. */
    @Test
    void restOfAFrameCountsAndTheNextIsCountedByItself() {
        String half = " ".repeat(OneSocket.FRAME_BYTES / 2);
        socket.assembler.hear(half, false);
        socket.starve(1);
        socket.assembler.hear(" ", false);
        assertTold();
        socket.assembler.hear(half, true);
        assertThat(socket.subscriber.ended()).isNull();
        socket.assembler.hear(half, false);
        socket.starve(1);
        socket.assembler.hear(" ", true);
        assertTold();
        socket.assembler.hear(half + half.substring(ECHO.length()) + ECHO, true);
        assertThat(answers()).containsExactly(ECHO);
        socket.assembler.hear(half, false);
        socket.starve(1);
        socket.assembler.hear(" ", false);
        socket.assembler.hear(half + " ", false);
        assertThat(socket.subscriber.ended()).isNotNull();
    }

    private void assertTold() {
        assertThat(answers())
                .singleElement()
                .asString()
                .contains("\"type\":\"error\"", "\"ref\":null", "out of memory");
    }

    /** The next frame is answered as if nothing had been. */
    private void assertHears() {
        socket.assembler.hear(ECHO, true);
        assertThat(answers()).containsExactly(ECHO);
        assertThat(socket.subscriber.ended()).isNull();
    }

    /** What was answered since it was asked last. */
    private List<String> answers() {
        int before = socket.peer.frames().size();
        socket.turn();
        return List.copyOf(
                socket.peer.frames().subList(before, socket.peer.frames().size()));
    }
}
