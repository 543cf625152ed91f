package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that may wait for a peer, which nobody else waits for. */
class CourierTest {

    private final Courier courier = new Courier();
    private final CountDownLatch peers = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void close() {
        peers.countDown();
        courier.close();
    }

    @Test
    void fourAreMadeAtOnceAndTheOthersWaitTheirTurn() {
        for (int i = 0; i < 6; i++) {
            courier.run(this::call);
        }
        Eventually.holds("four are under way", () -> begun.get() == 4);
        peers.countDown();
        Eventually.holds("all are made", () -> done.get() == 6);
    }

    @Test
    void whatWaitsIsDoneBeforeTheEndAndNothingAfterwards() {
        peers.countDown();
        for (int i = 0; i < 20; i++) {
            courier.run(this::call);
        }
        courier.close();
        assertThat(done.get()).isEqualTo(20);
        courier.run(this::call);
        assertThat(begun.get()).isEqualTo(20);
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
