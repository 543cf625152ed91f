package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that may wait for a peer, which nobody else waits for. */
class ControlExecutorTest {

    private final ControlExecutor controls = new ControlExecutor();
    private final CountDownLatch peers = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void close() {
        peers.countDown();
        controls.close();
    }

    @Test
    void fourAreMadeAtOnceAndTheOthersWaitTheirTurn() {
        for (int i = 0; i < 6; i++) {
            controls.run(this::call);
        }
        Eventually.holds("four are under way", () -> begun.get() == 4);
        peers.countDown();
        Eventually.holds("all are made", () -> done.get() == 6);
    }

    @Test
    void whatWaitsIsDoneBeforeTheEndAndNothingAfterwards() {
        peers.countDown();
        for (int i = 0; i < 20; i++) {
            controls.run(this::call);
        }
        controls.close();
        assertThat(done.get()).isEqualTo(20);
        controls.run(this::call);
        assertThat(begun.get()).isEqualTo(20);
    }

    @Test
    void endThatHasNothingToWaitForDoesNotWait() {
        peers.countDown();
        controls.run(this::call);
        Eventually.holds("it is made", () -> done.get() == 1);
        Eventually.value(CompletableFuture.runAsync(controls::close));
    }

    /** A peer that reads nothing holds up no undeployment, and leaves no thread behind. */
    @Test
    void callThatDoesNotEndIsInterruptedInTheEnd() {
        var interrupted = new AtomicBoolean();
        controls.run(() -> {
            call();
            interrupted.set(Thread.interrupted());
        });
        Eventually.holds("it is under way", () -> begun.get() == 1);
        controls.close();
        assertThat(interrupted).isTrue();
    }

    @Test
    void whoIsInterruptedWhileItStopsTheCallsWaitsNoMoreAndStaysInterrupted() {
        controls.run(this::call);
        Thread.currentThread().interrupt();
        controls.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).hasValue(0);
    }

    @Test
    void threadsAreKnownByTheirNamesAndKeepNoJvmAlive() {
        peers.countDown();
        var threads = new ConcurrentLinkedQueue<Thread>();
        controls.run(() -> threads.add(Thread.currentThread()));
        controls.run(() -> threads.add(Thread.currentThread()));
        Eventually.holds("both are made", () -> threads.size() == 2);
        assertThat(threads).allMatch(Thread::isDaemon);
        assertThat(threads).extracting(Thread::getName).containsExactlyInAnyOrder("tidings-ws-1", "tidings-ws-2");
    }

    private void call() {
        begun.incrementAndGet();
        try {
            peers.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        done.incrementAndGet();
    }
}
