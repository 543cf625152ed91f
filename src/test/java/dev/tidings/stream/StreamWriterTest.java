package dev.tidings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.WorkerThread;
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

    /** Ends the turn of a slow stream. */
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void quiet() {
        writers.setLevel(Level.OFF);
        timers.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        release.countDown();
        streams.close();
        writers.setLevel(null);
        timers.setLevel(null);
    }

    /** A stream that is live, and has no subscriber. */
    private abstract class Bare extends OpenStream {

        Bare() {
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
    }

    /** A stream that counts its turns, some of which fail. */
    private final class Counting extends Bare {

        private final AtomicInteger turns = new AtomicInteger();
        private final AtomicInteger ticks = new AtomicInteger();
        private volatile int failing;
        private volatile boolean over;
        private volatile long rest;

        /** How often it rests. The writer's own, once it is woken. */
        private int rests = 1;

        private volatile long restsUntil;
        private volatile boolean disturbed;

        /** Of these so many had their turn before its own. */
        private volatile List<Counting> others = List.of();

        private volatile long before;

        @Override
        protected long writePending() {
            if (restsUntil != 0 && System.nanoTime() - restsUntil < 0) {
                disturbed = true;
            }
            if (rest != 0 && rests > 0) {
                rests--;
                restsUntil = System.nanoTime() + rest | 1;
                return restsUntil;
            }
            before = others.stream().filter(other -> other.turns.get() > 0).count();
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
            register();
        }
    }

    /** A stream whose turn lasts until it is released. */
    private final class Slow extends Bare {

        private volatile boolean begun;

        @Override
        protected long writePending() {
            dequeued();
            begun = true;
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
        public void end(DisconnectReason reason) {
            // Nobody ends it.
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
        assertThat(resting.disturbed).isFalse();
    }

    @Test
    void allComeBackHoweverOftenTheyRest() {
        List<Counting> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            var stream = new Counting();
            stream.rest = Duration.ofMillis(1).toNanos();
            stream.rests = 10;
            all.add(stream);
            stream.wake();
        }
        Eventually.holds("each had its turn", () -> all.stream().allMatch(stream -> stream.turns.get() == 1));
        assertThat(all).noneMatch(stream -> stream.disturbed);
    }

    /** And so often the thread shows that it moves, however many streams wait. */
    @Test
    void streamThatHasRestedWaitsForNoMoreThanSixteenTurns() {
        var slow = new Slow();
        slow.wake();
        Eventually.holds("the writer is held up", () -> slow.begun);
        var resting = new Counting();
        resting.rest = 1;
        resting.wake();
        List<Counting> others = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var other = new Counting();
            others.add(other);
            other.wake();
        }
        resting.others = others;
        release.countDown();
        Eventually.holds("all had their turn", () -> others.stream().allMatch(other -> other.turns.get() == 1));
        Eventually.holds("it had its own", () -> resting.turns.get() == 1);
        assertThat(resting.before).isEqualTo(15);
    }

    @Test
    void noThreadIsLeftInTheEnd() {
        List<WorkerThread> threads = new ArrayList<>(streams.writers());
        threads.add(streams.timer());
        assertThat(threads)
                .extracting(WorkerThread::name)
                .containsExactly("tidings-writer-1", "tidings-replay", "tidings-timer");
        assertThat(threads).allMatch(WorkerThread::isAlive);
        streams.close();
        assertThat(threads).noneMatch(WorkerThread::isAlive);
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
        long start = System.nanoTime();
        var slow = new Slow();
        assertThat(streams.oldestWait()).isZero();
        slow.wake();
        Eventually.holds("it is waited for", () -> streams.oldestWait().compareTo(Duration.ofMillis(20)) > 0);
        assertThat(streams.oldestWait()).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - start));
        release.countDown();
        Eventually.holds("nobody waits", () -> streams.oldestWait().isZero());
    }
}
