package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who compares many topics with many templates waits for a turn, which ends with delivery, and nobody else does. */
class MatchingTurnsTest {

    private static final long MUCH = MatchingTurns.FEW + 1;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch delivered = new CountDownLatch(1);
    private final AtomicInteger comparing = new AtomicInteger();
    private final Refusals refusals = new Refusals(System::nanoTime);

    @AfterEach
    void end() {
        delivered.countDown();
        threads.shutdown();
    }

    @Test
    void fewCompareMuchAtOnceAndTheOthersWait() {
        var turns = new MatchingTurns(2, LONG, refusals);
        List<CompletableFuture<Void>> all = begin(turns, 5);
        Eventually.holds("two compare", () -> comparing.get() == 2);
        delivered.countDown();
        all.forEach(Eventually::value);
        assertThat(comparing).hasValue(5);
    }

    @Test
    void whoComparesLittleDoesNotWait() {
        var turns = new MatchingTurns(1, LONG, refusals);
        begin(turns, 2);
        Eventually.holds("one compares", () -> comparing.get() == 1);
        var done = new AtomicInteger();
        turns.run(MatchingTurns.FEW, done::incrementAndGet, result -> {});
        assertThat(done).hasValue(1);
    }

    @Test
    void whoseTurnDoesNotComeIsRefused() {
        var turns = new MatchingTurns(1, Duration.ofMillis(1), refusals);
        begin(turns, 1);
        Eventually.holds("one compares", () -> comparing.get() == 1);
        assertRefused(turns);
    }

    @Test
    void whoFindsTooManyWaitingIsRefusedAtOnce() {
        var turns = new MatchingTurns(1, LONG, refusals);
        List<CompletableFuture<Void>> all = begin(turns, MatchingTurns.PLACES + 1);
        // One of them at least.
        Eventually.holds("one is refused", () -> all.stream().anyMatch(CompletableFuture::isDone));
        assertRefused(turns);
        delivered.countDown();
        assertThat(all.stream().filter(MatchingTurnsTest::isRefused)).hasSize(1);
    }

    @Test
    void turnIsGivenBackByWhoFails() {
        var turns = new MatchingTurns(1, LONG, refusals);
        assertThatThrownBy(() -> turns.run(
                        MUCH,
                        () -> {
                            throw new IllegalStateException("no memory");
                        },
                        result -> {}))
                .isInstanceOf(IllegalStateException.class);
        turns.run(MUCH, comparing::incrementAndGet, result -> {});
        assertThat(comparing).hasValue(1);
    }

    private List<CompletableFuture<Void>> begin(MatchingTurns turns, int count) {
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < count; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> turns.run(
                            MUCH,
                            comparing::incrementAndGet,
                            number -> Eventually.holds("it is delivered", () -> delivered.getCount() == 0)),
                    threads));
        }
        return all;
    }

    private void assertRefused(MatchingTurns turns) {
        assertThatThrownBy(() -> turns.run(MUCH, () -> 0, result -> {}))
                .isInstanceOfSatisfying(LimitReachedException.class, refused -> {
                    assertThat(refused.limit()).isEqualTo(Limit.TEMPLATES);
                    assertThat(refused).hasMessageContaining("tidings.limit.templates");
                });
        assertThat(refusals.count(Limit.TEMPLATES)).isPositive();
    }

    private static boolean isRefused(CompletableFuture<Void> one) {
        try {
            Eventually.value(one);
            return false;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof LimitReachedException;
        }
    }
}
