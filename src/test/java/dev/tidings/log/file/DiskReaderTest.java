package dev.tidings.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that hangs holds the threads that read from it, and nobody else for long. */
class DiskReaderTest {

    private final CountDownLatch disk = new CountDownLatch(1);
    private final List<Thread> others = new ArrayList<>();
    private final DiskReader reader = new DiskReader(2);

    @AfterEach
    void close() throws InterruptedException {
        disk.countDown();
        for (Thread other : others) {
            other.join();
        }
        reader.close();
        reader.join();
    }

    @Test
    void whatIsReadIsReturned() {
        assertThat(reader.read(() -> "page")).isEqualTo("page");
    }

    @Test
    void readingThatFailsIsSaidAndTheNextGoesOn() {
        var damage = new IllegalStateException("as if");
        assertThatThrownBy(() -> reader.read(() -> {
                    throw damage;
                }))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the log's file cannot be read")
                .hasRootCause(damage);
        assertThat(reader.read(() -> "page")).isEqualTo("page");
    }

    @Test
    void whileOneThreadIsFreeOthersAreServed() {
        hang();
        assertThat(reader.read(() -> "page")).isEqualTo("page");
        Eventually.holds("the disk does not hang", () -> reader.hangsFor().isZero());
    }

    @Test
    void diskHangsForAsLongAsTheLastOfItsThreads() throws InterruptedException {
        Thread first = hang();
        first.join();
        assertThat(reader.hangsFor()).as("the other thread is free").isEqualTo(Duration.ZERO);
        long before = System.nanoTime();
        hang();
        Duration hangsFor = reader.hangsFor();
        assertThat(hangsFor).isPositive().isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - before));
    }

    @Test
    void nobodyWaitsForADiskThatIsKnownToHangAndAllAreServedWhenItAnswers() {
        hang();
        hang();
        Eventually.holds("it is known to hang", () -> reader.hangsFor().compareTo(DiskReader.LIMIT) > 0);
        assertThatThrownBy(() -> reader.read(() -> "page"))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the disk does not answer")
                .as("which nobody waited for")
                .hasNoCause();
        disk.countDown();
        Eventually.holds("it answers", () -> reader.hangsFor().isZero());
        assertThat(reader.read(() -> "page")).isEqualTo("page");
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotRead() throws InterruptedException {
        hang();
        hang();
        var begun = new AtomicBoolean();
        assertThatThrownBy(() -> reader.read(() -> begun.getAndSet(true)))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the disk does not answer");
        disk.countDown();
        reader.close();
        reader.join();
        assertThat(begun).isFalse();
    }

    @Test
    void closedReaderTakesNothingMoreAndEndsWhenItsDiskAnswers() {
        hang();
        reader.close();
        assertThatThrownBy(() -> reader.read(() -> "page"))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the log is closed");
        var ended = new CompletableFuture<Void>();
        Thread waiting = other(() -> {
            try {
                reader.join();
                ended.complete(null);
            } catch (InterruptedException interrupted) {
                ended.completeExceptionally(interrupted);
            }
        });
        Eventually.holds("it waits for the disk", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        disk.countDown();
        Eventually.value(ended);
    }

    /** A thread of the container would otherwise start them, and they would inherit from it. */
    @Test
    void threadsAreThereBeforeAnybodyReads() throws InterruptedException {
        reader.close();
        reader.join();
        List<Thread> before = readers();
        var another = new DiskReader(3);
        try {
            List<Thread> started = readers();
            started.removeAll(before);
            assertThat(started)
                    .allMatch(Thread::isDaemon)
                    .extracting(Thread::getName)
                    .contains("tidings-log-reader-1", "tidings-log-reader-2", "tidings-log-reader-3");
        } finally {
            another.close();
        }
    }

    private static List<Thread> readers() {
        return new ArrayList<>(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tidings-log-reader-"))
                .toList());
    }

    /** Returns once a thread of the reader hangs; who asked for that gives up some time later. */
    private Thread hang() {
        var hangs = new CountDownLatch(1);
        Thread asking = other(() -> {
            try {
                reader.read(() -> {
                    hangs.countDown();
                    awaitQuietly(disk);
                    return "late";
                });
            } catch (LogUnavailableException late) {
                // Whoever waits for a disk that hangs is refused in the end.
            }
        });
        Eventually.holds("it hangs", () -> hangs.getCount() == 0);
        return asking;
    }

    private Thread other(Runnable work) {
        var other = new Thread(work);
        others.add(other);
        other.start();
        return other;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
