package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.LogRecorder;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnreadableTest {

    private final ManualClock clock = new ManualClock();
    private final Unreadable unreadable = new Unreadable(
            System.getLogger(UnreadableTest.class.getName()), "an answer cannot be read", clock::nanoTime);

    @Test
    void floodIsOneLineAMinute() {
        try (LogRecorder lines = LogRecorder.of(UnreadableTest.class)) {
            say("first");
            say("second");
            clock.advance(Duration.ofMinutes(1));
            say("third");
            assertThat(lines.messages())
                    .containsExactly("an answer cannot be read fault=first", "an answer cannot be read fault=third");
        }
    }

    @Test
    void whatStandsThereNeitherEndsTheLineNorFillsTheLog() {
        try (LogRecorder lines = LogRecorder.of(UnreadableTest.class)) {
            say("a\n\u2028" + "b".repeat(10_000));
            assertThat(lines.messages())
                    .singleElement()
                    .asString()
                    .hasSizeLessThan(600)
                    .doesNotContain("\n", "\u2028");
        }
    }

    private void say(String fault) {
        unreadable.say(new IllegalArgumentException(fault));
    }
}
