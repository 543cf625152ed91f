package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyQueueTest {

    private final ReplyQueue replies = new ReplyQueue(3, 10);

    @Test
    void allThatWaitAreTakenOnce() {
        offer("a");
        offer("b");
        assertThat(take()).containsExactly("a", "b");
        assertThat(take()).isEmpty();
    }

    /** Otherwise it would be sent now, and again when it is taken. */
    @Test
    void whatComesAfterATakeIsForTheNext() {
        List<Reply> taken = replies.take();
        offer("late");
        assertThat(taken).isEmpty();
        assertThat(take()).containsExactly("late");
    }

    @Test
    void thereIsRoomForSoManyAndSoMuch() {
        assertThat(offer("1234567890")).isTrue();
        assertThat(offer("1")).isFalse();
        take();
        assertThat(offer("1")).isTrue();
        assertThat(offer("2")).isTrue();
        assertThat(offer("3")).isTrue();
        assertThat(offer("4")).isFalse();
    }

    @Test
    void answersOfExactlyTheBoundFit() {
        assertThat(offer("123456789")).isTrue();
        assertThat(offer("0")).isTrue();
        assertThat(offer("")).isTrue();
        assertThat(take()).containsExactly("123456789", "0", "");
    }

    @Test
    void oneAlwaysFits() {
        assertThat(offer("12345678901")).isTrue();
    }

    private boolean offer(String frame) {
        return replies.offer(Reply.of(frame));
    }

    private List<String> take() {
        return replies.take().stream().map(Reply::frame).toList();
    }
}
