package dev.tidings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Subscriber;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The threads that serve all streams, when turns and looks at the time fail. */
class StreamWriterTest {

    private final Logger writers = Logger.getLogger(StreamWriter.class.getName());
    private final Logger timers = Logger.getLogger(Streams.class.getName());
    private final ManualClock clock = new ManualClock();
    private final Streams streams = new Streams(1, Duration.ofMillis(40), clock, clock::nanoTime);

    @BeforeEach
    void quiet() {
        writers.setLevel(Level.OFF);
        timers.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        streams.close();
        writers.setLevel(null);
        timers.setLevel(null);
    }

    /** A stream that counts its turns, some of which fail. */
    private final class Counting extends OpenStream {

        private final AtomicInteger turns = new AtomicInteger();
        private final AtomicInteger ticks = new AtomicInteger();
        private volatile int failing;
        private volatile boolean over;
        private volatile long rest;

        Counting() {
            super(streams);
        }

        @Override
        public Subscriber subscriber() {
            throw new UnsupportedOperationException("It has none.");
        }

        @Override
        protected boolean replaying() {
            return false;
        }

        @Override
        protected long turn() {
            long resting = rest;
            if (resting != 0) {
                rest = 0;
                return System.nanoTime() + resting;
            }
            dequeued();
            if (turns.incrementAndGet() <= failing) {
                throw new OutOfMemoryError("as if");
            }
            return 0;
        }

        @Override
        protected boolean tick(Instant now, long nanos) {
            if (ticks.incrementAndGet() <= failing) {
                throw new OutOfMemoryError("as if");
            }
            return !over;
        }

        @Override
        public void end(DisconnectReason reason) {
            over = true;
        }

        void begin() {
            served();
        }
    }

    @Test
    void streamWhoseTurnFailedIsServedWhenItIsWokenAgainAndSoAreTheOthers() {
        List<Counting> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var stream = new Counting();
            stream.failing = i % 2;
            all.add(stream);
        }
        all.forEach(OpenStream::wake);
        Eventually.holds("each had its turn", () -> all.stream().allMatch(stream -> stream.turns.get() == 1));
        all.forEach(OpenStream::wake);
        Eventually.holds("each had another", () -> all.stream().allMatch(stream -> stream.turns.get() == 2));
        assertThat(streams.writers())
                .allSatisfy(thread -> assertThat(thread.fault()).isNull());
    }

    @Test
    void streamThatRestsHasItsTurnAfterwardsThoughOthersComeMeanwhile() {
        var resting = new Counting();
        resting.rest = Duration.ofMillis(20).toNanos();
        resting.wake();
        var other = new Counting();
        Eventually.holds("the other goes on, and the one comes back", () -> {
            other.wake();
            return other.turns.get() > 0 && resting.turns.get() == 1;
        });
    }

    /** Found when an error at one stream cancelled the timer: tokens did not expire any more. */
    @Test
    void timerGoesOnWhenLookingAfterAStreamFailed() {
        var failing = new Counting();
        failing.failing = 3;
        var other = new Counting();
        failing.begin();
        other.begin();
        Eventually.holds("both are looked after", () -> failing.ticks.get() > 4 && other.ticks.get() > 4);
        assertThat(streams.sinceTick()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void streamThatIsOverIsLookedAfterNoMore() {
        var stream = new Counting();
        stream.begin();
        Eventually.holds("it is looked after", () -> stream.ticks.get() > 0);
        stream.end(DisconnectReason.CLOSED);
        var marker = new Counting();
        marker.begin();
        Eventually.holds("it was looked at once more", () -> marker.ticks.get() > 1);
        int last = stream.ticks.get();
        Eventually.holds("the timer goes on", () -> marker.ticks.get() > 5);
        assertThat(stream.ticks.get()).isEqualTo(last);
    }

    @Test
    void howLongTheOldestStreamWaitsIsKnown() {
        var release = new CountDownLatch(1);
        var slow = new OpenStream(streams) {
            @Override
            public Subscriber subscriber() {
                throw new UnsupportedOperationException("It has none.");
            }

            @Override
            protected boolean replaying() {
                return false;
            }

            @Override
            protected long turn() {
                dequeued();
                try {
                    release.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                return 0;
            }

            @Override
            protected boolean tick(Instant now, long nanos) {
                return true;
            }

            @Override
            public void end(DisconnectReason reason) {}
        };
        assertThat(streams.oldestWait()).isZero();
        slow.wake();
        Eventually.holds("it is waited for", () -> streams.oldestWait().compareTo(Duration.ofMillis(20)) > 0);
        release.countDown();
        Eventually.holds("nobody waits", () -> streams.oldestWait().isZero());
    }
}
