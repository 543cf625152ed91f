package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a log promises besides, if it makes the order of its events in this process. */
public abstract class LocalLogContract extends EventLogContract {

    @Test
    void eventsOfATimeAreFoundThoughTheClockWasSetBack() {
        EventLog log = log(AMPLE);
        Instant begun = clock().instant();
        clock().advance(Duration.ofMinutes(10));
        log.append(List.of(Requests.of("before it was set back")));
        clock().advance(Duration.ofMinutes(-9));
        IntStream.rangeClosed(1, 100).forEach(n -> log.append(List.of(Requests.of("after " + n))));
        assertThat(log.before(begun.plus(Duration.ofMinutes(5))))
                .isEqualTo(log.end().sequence() - 101);
    }

    /** The publisher is interrupted, so that it is refused at once and not after seconds. */
    @Test
    void publisherIsHeldBackWhileTooMuchWaitsForDelivery() {
        var listening = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        EventLog log = log(AMPLE, events -> {
            listening.countDown();
            Eventually.holds("it may go on", () -> release.getCount() == 0);
        });
        try {
            log.pass(Requests.of("first"));
            Eventually.holds("the listener has it", () -> listening.getCount() == 0);
            PublishRequest large = Requests.of("x".repeat(1 << 20));
            IntStream.rangeClosed(1, 17).forEach(n -> log.pass(large));
            Thread.currentThread().interrupt();
            Throwable refusal = catchThrowable(() -> log.append(List.of(Requests.of("late"))));
            assertThat(Thread.interrupted()).as("it is told on").isTrue();
            assertThat(refusal)
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessage("interrupted while waiting for delivery");
            assertThat(log.end()).as("nothing is accepted").isEqualTo(log.start());
        } finally {
            release.countDown();
        }
    }
}
