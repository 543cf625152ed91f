package dev.tidings.hub;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has only few publishers at a time compare many topics with many templates.
 *
 * <p>Strangers choose both: an event may have a thousand topics, and streams may ask for thousands of templates, so that one event
 * takes a processor for a second. Publishers that do so take half of the processors at most, and the rest is everybody else's. A few
 * may wait for their turn, each for a limited time. The others are refused at once, so that they do not take all threads.
 *
 * <p>A turn ends when the events are delivered. The thread that delivers compares them with the templates that were opened since, and
 * all others wait for it. If it were far behind, that would be many.
 *
 * <p>Usual events never wait.
 *
 * <p><b>Threads.</b> Any.
 */
final class MatchingTurns {

    /** So many comparisons take about a millisecond. Those who need no more do not wait. */
    static final long FEW = 20_000;

    /** How many may have a turn or wait for one. */
    static final int PLACES = 32;

    /** How long one waits for its turn, and then for delivery. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(PLACES);
    private final Semaphore turns;
    private final Duration patience;
    private final Refusals refusals;

    /**
     * @param atOnce how many may compare at once
     * @param patience how long one waits for its turn
     */
    MatchingTurns(int atOnce, Duration patience, Refusals refusals) {
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
        this.refusals = refusals;
    }

    /** With turns for half of the processors, and at least one. */
    static MatchingTurns forThisMachine(Refusals refusals) {
        return new MatchingTurns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PATIENCE, refusals);
    }

    /**
     * Publishes when it is its turn.
     *
     * @param comparisons how many it takes, about
     * @param publishing compares, and publishes
     * @param delivering waits until what was published is delivered
     * @throws LimitReachedException if too many wait already, or its turn does not come in time
     */
    <T> T run(long comparisons, Supplier<T> publishing, Consumer<T> delivering) {
        if (comparisons <= FEW) {
            return publishing.get();
        }
        if (!places.tryAcquire()) {
            throw refuse();
        }
        try {
            return runInTurn(publishing, delivering);
        } finally {
            places.release();
        }
    }

    private <T> T runInTurn(Supplier<T> publishing, Consumer<T> delivering) {
        if (!awaitTurn()) {
            throw refuse();
        }
        try {
            T published = publishing.get();
            delivering.accept(published);
            return published;
        } finally {
            turns.release();
        }
    }

    private boolean awaitTurn() {
        try {
            return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private LimitReachedException refuse() {
        return refusals.refuse(
                Limit.TEMPLATES,
                "an event of many topics",
                "Many events with many topics are compared with the templates of streams just now, as many as "
                        + Limit.TEMPLATES.setting() + " allows. Give the event fewer topics, or try again.",
                PATIENCE);
    }
}
