package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerThreadTest {

    private final Logger logger = Logger.getLogger(WorkerThread.class.getName());
    private final ConcurrentLinkedQueue<LogRecord> logged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger steps = new AtomicInteger();
    private volatile boolean logFails;

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
            if (logFails) {
                throw new OutOfMemoryError("as if, while logging");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    /** Found when an error ended a thread and nothing said so. */
    @Test
    void stepThatFailsIsLoggedAndTheNextFollows() {
        try (var thread = failing(3).start()) {
            Eventually.holds("it goes on", () -> steps.get() > 3);
            assertThat(thread.isAlive()).isTrue();
            assertThat(thread.fault()).isNull();
        }
        assertThat(logged).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.getMessage()).contains("tidings-test");
            assertThat(entry.getThrown()).isInstanceOf(OutOfMemoryError.class);
        });
    }

    @Test
    void loggingThatFailsAsWellChangesNothing() {
        logFails = true;
        try (var thread = failing(3).start()) {
            Eventually.holds("it goes on", () -> steps.get() > 3);
            assertThat(thread.isAlive()).isTrue();
        }
    }

    @Test
    void lastingFaultDoesNotTakeAProcessorHoweverOftenItIsWoken() {
        logger.setLevel(Level.OFF);
        try (var thread = failing(Integer.MAX_VALUE).start()) {
            long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
            while (System.nanoTime() - end < 0) {
                thread.wake();
                Thread.onSpinWait();
            }
            assertThat(steps.get()).isLessThan(20);
        } finally {
            logger.setLevel(null);
        }
    }

    @Test
    void closedThreadThatOnlyFailsGivesUp() {
        logger.setLevel(Level.OFF);
        var thread = failing(Integer.MAX_VALUE).start();
        thread.close();
        assertThat(thread.isAlive()).isFalse();
        assertThat(thread.fault()).isNull();
        logger.setLevel(null);
    }

    @Test
    void interruptFromOutsideNeitherEndsItNorKeepsItAwake() {
        var itself = new AtomicReference<Thread>();
        try (var thread = new WorkerThread("tidings-test", null, () -> {
                    itself.set(Thread.currentThread());
                    steps.incrementAndGet();
                    return WorkerThread.IDLE;
                })
                .start()) {
            Eventually.holds(
                    "it waits", () -> itself.get() != null && itself.get().getState() == Thread.State.TIMED_WAITING);
            int before = steps.get();
            itself.get().interrupt();
            Eventually.holds("it has looked", () -> steps.get() > before);
            Eventually.holds("it waits again", () -> itself.get().getState() == Thread.State.TIMED_WAITING);
            assertThat(thread.isAlive()).isTrue();
        }
    }

    @Test
    void whatIsWokenBeforeItWaitsIsNotForgotten() {
        var work = new AtomicInteger();
        var done = new AtomicInteger();
        try (var thread = new WorkerThread("tidings-test", null, () -> {
                    done.addAndGet(work.getAndSet(0));
                    return WorkerThread.IDLE;
                })
                .start()) {
            for (int i = 1; i <= 10_000; i++) {
                work.incrementAndGet();
                thread.wake();
            }
            Eventually.holds("all is done", () -> done.get() == 10_000);
        }
    }

    /** Work that came after the last look and before the end would stay undone. */
    @Test
    void whatCameBeforeItWasClosedIsDone() {
        var looked = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var work = new AtomicInteger();
        var thread = new WorkerThread("tidings-test", null, () -> {
            steps.addAndGet(work.getAndSet(0));
            looked.countDown();
            return await(closed);
        });
        thread.start();
        Eventually.holds("it has looked", () -> looked.getCount() == 0);
        work.incrementAndGet();
        assertThat(thread.close(Duration.ofMillis(1))).isFalse();
        closed.countDown();
        thread.close();
        assertThat(steps).hasValue(1);
    }

    @Test
    void forHowLongItIsAtOneStepIsTold() {
        var release = new CountDownLatch(1);
        try (var thread = new WorkerThread("tidings-test", null, () -> await(release))) {
            assertThat(thread.busyFor()).isZero();
            long before = System.nanoTime();
            thread.start();
            try {
                Eventually.holds("it works", () -> !thread.busyFor().isZero());
                assertThat(thread.busyFor()).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - before));
            } finally {
                release.countDown();
            }
            Eventually.holds("it waits", () -> thread.busyFor().isZero());
        }
    }

    @Test
    void threadThatPausesAfterFailuresIsNotBusy() {
        logger.setLevel(Level.OFF);
        try (var thread = failing(Integer.MAX_VALUE).start()) {
            Eventually.holds(
                    "it pauses", () -> steps.get() > 1 && thread.busyFor().isZero());
        } finally {
            logger.setLevel(null);
        }
    }

    @Test
    void threadThatIsStuckSaysSoAndOneThatMayWaitDoesNot() {
        var release = new CountDownLatch(1);
        try (var stuck = new WorkerThread("tidings-test", Duration.ofMillis(1), () -> await(release)).start();
                var patient = new WorkerThread("tidings-test", Duration.ofHours(1), () -> await(release)).start();
                var waiting = new WorkerThread("tidings-test", null, () -> await(release)).start()) {
            try {
                Eventually.passes(() -> assertThat(stuck.fault())
                        .matches("the thread tidings-test has been at one piece of work for \\d{1,2} s"));
                assertThat(patient.fault()).isNull();
                assertThat(waiting.fault()).isNull();
                assertThat(stuck.close(Duration.ofMillis(1))).isFalse();
            } finally {
                release.countDown();
            }
        }
    }

    @Test
    void threadKeepsNoJvmAliveAndKnowsThatItIsToEnd() {
        var seen = new AtomicReference<Boolean>();
        var thread = new WorkerThread("tidings-test", null, () -> {
            seen.compareAndSet(null, Thread.currentThread().isDaemon());
            return WorkerThread.IDLE;
        });
        assertThat(thread.isAlive()).isFalse();
        assertThat(thread.fault()).as("it has not begun").isNull();
        thread.start();
        Eventually.holds("it works", () -> seen.get() != null);
        assertThat(seen).hasValue(true);
        assertThat(thread.isClosed()).isFalse();
        assertThat(thread.close(Eventually.LIMIT)).isTrue();
        assertThat(thread.isClosed()).isTrue();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void interruptEndsTheWaitForItsEndAndIsToldOn() {
        var release = new CountDownLatch(1);
        var thread = new WorkerThread("tidings-test", null, () -> await(release)).start();
        Thread.currentThread().interrupt();
        assertThat(thread.close(Duration.ofHours(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
        thread.close();
        assertThat(thread.isAlive()).isFalse();
    }

    private static long await(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return WorkerThread.IDLE;
    }

    /** One whose first steps run out of memory. */
    private WorkerThread failing(int times) {
        return new WorkerThread("tidings-test", null, () -> {
            if (steps.incrementAndGet() <= times) {
                throw new OutOfMemoryError("as if");
            }
            return WorkerThread.IDLE;
        });
    }
}
