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
        socket.assembler.onText(ECHO, true);
        assertTold();
        assertHears();
    }

    @Test
    void frameIsAnsweredOnceAndTheRestOfItIsPassedOver() {
        socket.assembler.onText("{\"type\":", false);
        socket.starve(1);
        socket.assembler.onText("\"echo\",", false);
        assertTold();
        socket.assembler.onText("\"data\":1", false);
        socket.assembler.onText("}", true);
        assertThat(answers()).isEmpty();
        assertHears();
    }

    @Test
    void frameThatFindsNoMemoryAgainIsAnsweredOnce() {
        socket.starve(2);
        socket.assembler.onText("{\"type\":", false);
        socket.assembler.onText("\"echo\",", false);
        assertTold();
        socket.assembler.onText("\"data\":1}", true);
        assertThat(answers()).isEmpty();
        assertHears();
    }

    /** Found when the frame after it was passed over as well, and never answered. */
    @Test
    void frameWhoseEndFindsNoMemoryEitherIsOver() {
        socket.starve(2);
        socket.assembler.onText("{\"type\":", false);
        socket.assembler.onText("\"echo\"}", true);
        assertTold();
        assertHears();
    }

    /** Otherwise a client whose frames are never heard could send one without an end. */
    @Test
    void restOfAFrameCountsAndTheNextIsCountedByItself() {
        String half = " ".repeat(OneSocket.FRAME_BYTES / 2);
        socket.assembler.onText(half, false);
        socket.starve(1);
        socket.assembler.onText(" ", false);
        assertTold();
        socket.assembler.onText(half, true);
        assertThat(socket.subscriber.ended()).isNull();
        socket.assembler.onText(half, false);
        socket.starve(1);
        socket.assembler.onText(" ", true);
        assertTold();
        socket.assembler.onText(half + half.substring(ECHO.length()) + ECHO, true);
        assertThat(answers()).containsExactly(ECHO);
        socket.assembler.onText(half, false);
        socket.starve(1);
        socket.assembler.onText(" ", false);
        socket.assembler.onText(half + " ", false);
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
        socket.assembler.onText(ECHO, true);
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
