package dev.tidings.hub;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has only few at a time do what takes a processor for long, where clients choose how much that is.
 *
 * <p>They take half of the processors at most, and the rest is everybody else's. A few may wait for their turn, each for a
 * limited time, and one caller takes a quarter of the places only. The others are refused at once, so that they do not take all
 * threads. They are asked to come later.
 *
 * <p><b>Threads.</b> Any.
 */
final class Turns {

    /** How many may have a turn or wait for one. */
    static final int PLACES = 32;

    /** How many of them one caller may take. */
    static final int PLACES_OF_ONE = PLACES / 4;

    /** How long one waits for its turn. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(PLACES);
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();
    private final Semaphore turns;
    private final Duration patience;
    private final Limit limit;
    private final String refusal;
    private final Refusals refusals;

    /**
     * @param atOnce how many may have a turn at once
     * @param patience how long one waits for its turn
     * @param limit counts who is refused
     * @param refusal the sentence for those
     */
    Turns(int atOnce, Duration patience, Limit limit, String refusal, Refusals refusals) {
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
        this.limit = limit;
        this.refusal = refusal;
        this.refusals = refusals;
    }

    /**
     * The turns of publishers that compare many topics with many templates. Strangers choose both: an event may have a thousand
     * topics, and streams may ask for thousands of templates, so that one event takes a processor for a second.
     */
    static Turns ofPublishers(Refusals refusals) {
        return forThisMachine(
                Limit.TEMPLATES,
                "Many events with many topics are compared with the templates of streams just now, as many as "
                        + Limit.TEMPLATES.setting() + " allows. Give the event fewer topics, or try again.",
                refusals);
    }

    /**
     * The turns of streams that look through history for where they begin. Strangers choose how much of history that is, and how
     * much memory the topics take that were seen.
     */
    static Turns ofStarts(Refusals refusals) {
        return forThisMachine(
                Limit.STARTS,
                "Many streams look through history for where they begin just now. Try again later, or begin without last"
                        + " and latest.",
                refusals);
    }

    private static Turns forThisMachine(Limit limit, String refusal, Refusals refusals) {
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Turns(half, PATIENCE, limit, refusal, refusals);
    }

    /**
     * Does this when it is its turn.
     *
     * @param caller whose places it takes, or null if it may take all
     * @param who whom the log names if it is refused
     * @throws LimitReachedException if too many wait already, or the turn does not come in time
     */
    <T> T run(@Nullable String caller, String who, Supplier<T> work) {
        if (caller == null) {
            return runInPlace(who, work);
        }
        if (byCaller.merge(caller, 1, Integer::sum) > PLACES_OF_ONE) {
            leave(caller);
            throw refuse(who);
        }
        try {
            return runInPlace(who, work);
        } finally {
            leave(caller);
        }
    }

    private void leave(String caller) {
        byCaller.computeIfPresent(caller, (same, taken) -> taken == 1 ? null : taken - 1);
    }

    private <T> T runInPlace(String who, Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw refuse(who);
        }
        try {
            return runInTurn(who, work);
        } finally {
            places.release();
        }
    }

    private <T> T runInTurn(String who, Supplier<T> work) {
        if (!awaitTurn()) {
            throw refuse(who);
        }
        try {
            return work.get();
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

    private LimitReachedException refuse(String who) {
        return refusals.refuse(limit, who, refusal, PATIENCE);
    }
}
