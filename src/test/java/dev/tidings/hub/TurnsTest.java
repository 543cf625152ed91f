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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Few at a time do what takes long. The others wait for their turn, or are refused. */
class TurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String SENTENCE = "Try again.";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger working = new AtomicInteger();
    private final Refusals refusals = new Refusals(System::nanoTime);

    @AfterEach
    void end() {
        over.countDown();
        threads.shutdown();
    }

    @Test
    void fewWorkAtOnceAndTheOthersWait() {
        Turns turns = turns(2, LONG);
        List<CompletableFuture<Integer>> all = begin(turns, 5, null);
        Eventually.holds("two work", () -> working.get() == 2);
        over.countDown();
        all.forEach(Eventually::value);
        assertThat(working).hasValue(5);
    }

    @Test
    void whoseTurnDoesNotComeIsRefused() {
        Turns turns = turns(1, Duration.ofMillis(1));
        begin(turns, 1, null);
        Eventually.holds("one works", () -> working.get() == 1);
        assertRefused(turns, null);
    }

    @Test
    void whoFindsTooManyWaitingIsRefusedAtOnce() {
        Turns turns = turns(1, LONG);
        List<CompletableFuture<Integer>> all = begin(turns, Turns.PLACES + 1, null);
        // One of them at least.
        Eventually.holds("one is refused", () -> all.stream().anyMatch(CompletableFuture::isDone));
        assertRefused(turns, null);
        over.countDown();
        assertThat(all.stream().filter(TurnsTest::isRefused)).hasSize(1);
    }

    @Test
    void oneCallerTakesAFewPlacesAndLeavesTheOthers() {
        Turns turns = turns(Turns.PLACES, LONG);
        List<CompletableFuture<Integer>> all = begin(turns, Turns.PLACES_OF_ONE, "greedy");
        Eventually.holds("all of them work", () -> working.get() == Turns.PLACES_OF_ONE);
        assertRefused(turns, "greedy");
        assertThat(turns.run("other", "other", working::incrementAndGet)).isEqualTo(Turns.PLACES_OF_ONE + 1);
        over.countDown();
        all.forEach(Eventually::value);
        turns.run("greedy", "greedy", working::incrementAndGet);
    }

    @Test
    void turnIsGivenBackByWhoFails() {
        Turns turns = turns(1, LONG);
        assertThatThrownBy(() -> turns.run("caller", "caller", () -> {
                    throw new IllegalStateException("no memory");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(turns.run("caller", "caller", working::incrementAndGet)).isOne();
    }

    private Turns turns(int atOnce, Duration patience) {
        return new Turns(atOnce, patience, Limit.STARTS, SENTENCE, refusals);
    }

    /** So many who work until it is {@link #over}. */
    private List<CompletableFuture<Integer>> begin(Turns turns, int count, @Nullable String caller) {
        var all = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < count; i++) {
            all.add(CompletableFuture.supplyAsync(() -> turns.run(caller, "somebody", this::work), threads));
        }
        return all;
    }

    private int work() {
        int count = working.incrementAndGet();
        Eventually.holds("it is over", () -> over.getCount() == 0);
        return count;
    }

    private void assertRefused(Turns turns, @Nullable String caller) {
        long before = refusals.count(Limit.STARTS);
        assertThatThrownBy(() -> turns.run(caller, "somebody", () -> 0))
                .isInstanceOfSatisfying(LimitReachedException.class, refused -> {
                    assertThat(refused.limit()).isEqualTo(Limit.STARTS);
                    assertThat(refused).hasMessageContaining(SENTENCE);
                });
        assertThat(refusals.count(Limit.STARTS)).isEqualTo(before + 1);
    }

    private static boolean isRefused(CompletableFuture<Integer> one) {
        try {
            Eventually.value(one);
            return false;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof LimitReachedException;
        }
    }
}
