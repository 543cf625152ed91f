package dev.tidings.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many keys are remembered, and how much of answers: more than one could publish over HTTP in a test. */
class IdempotencyBoundsTest {

    /** What is as long is kept as it is. */
    private static final int LONGEST_UNPACKED = 511;

    private static final List<PublishRequest> CONTENT =
            List.of(new PublishRequest(List.of("/news"), null, "x", null, null, false));

    private final ManualClock clock = new ManualClock();
    private final IdempotencyKeys keys = new IdempotencyKeys(clock::nanoTime, new BoundedWait(Duration.ofSeconds(1)));
    private int published;

    @Test
    void hundredThousandKeysAreRememberedAndThenTheOldestGoes() {
        for (int key = 0; key < 100_000; key++) {
            publish(key, 1);
        }
        assertRemembered(0);
        assertRemembered(99_999);
        publish(100_000, 1);
        assertRemembered(1);
        assertRemembered(100_000);
        assertForgotten(0);
    }

    @Test
    void answersOf32MebibytesAreRememberedAndThenTheOldestGoes() {
        int last = 32 * 1024 * 1024 / LONGEST_UNPACKED;
        for (int key = 0; key < last; key++) {
            publish(key, LONGEST_UNPACKED);
        }
        publish(last, 32 * 1024 * 1024 - last * LONGEST_UNPACKED - 1);
        // Up to here there is room, and then it is full.
        publish(last + 1, 1);
        assertRemembered(0);
        publish(last + 2, 1);
        assertForgotten(0);
        assertRemembered(1);
        // The room of the one that went is enough for many short ones.
        for (int key = last + 3; key < last + 3 + LONGEST_UNPACKED - 10; key++) {
            publish(key, 1);
        }
        assertRemembered(1);
    }

    @Test
    void manyShortAnswersMakeRoomForALongOne() {
        publish(0, 1);
        publish(1, 1);
        publish(2, 1);
        for (int key = 3; key < 35; key++) {
            publish(key, 1024 * 1024);
        }
        publish(35, 1);
        assertRemembered(34);
        assertRemembered(35);
        // The newest first, since whoever publishes anew makes room as well.
        assertForgotten(2);
        assertForgotten(1);
        assertForgotten(0);
    }

    @Test
    void whatIsForgottenByTimeMakesRoom() {
        for (int key = 0; key < 32; key++) {
            publish(key, 1024 * 1024);
        }
        clock.advance(IdempotencyKeys.KEPT.plusNanos(1));
        for (int key = 100; key < 110; key++) {
            publish(key, 1);
        }
        assertRemembered(100);
        assertRemembered(109);
    }

    @Test
    void keyIsRememberedForItsWholeTime() {
        publish(0, 1);
        clock.advance(IdempotencyKeys.KEPT);
        assertRemembered(0);
        clock.advance(Duration.ofNanos(1));
        assertForgotten(0);
    }

    private void assertRemembered(int key) {
        int before = published;
        publish(key, 0);
        assertThat(published).as("what is published with key %s", key).isEqualTo(before);
    }

    private void assertForgotten(int key) {
        int before = published;
        publish(key, 1);
        assertThat(published).as("what is published with key %s", key).isEqualTo(before + 1);
    }

    /** Publishes with this key, and is answered with so many bytes that cannot be packed. */
    private void publish(int key, int bytes) {
        var answer = new byte[bytes];
        new Random(key).nextBytes(answer);
        keys.once(
                Integer.toString(key),
                CONTENT,
                once -> {
                    published++;
                    return List.of();
                },
                events -> answer);
    }
}
