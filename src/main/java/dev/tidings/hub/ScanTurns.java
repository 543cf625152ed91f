package dev.tidings.hub;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has only few streams at a time look through history for where they begin.
 *
 * <p>Strangers choose how much of history that is, and how much memory the topics that were seen take. Those who look take half
 * of the processors at most. A few may wait for their turn, each for a limited time. The others are refused at once, so that
 * they do not take all threads. They are asked to come later.
 *
 * <p><b>Threads.</b> Any.
 */
final class ScanTurns {

    /** How many may have a turn or wait for one. */
    static final int PLACES = 32;

    /** How long one waits for its turn. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How many of them one caller may take. */
    static final int PLACES_OF_ONE = 4;

    private final Semaphore places = new Semaphore(PLACES);
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();
    private final Semaphore turns;
    private final Duration patience;
    private final Refusals refusals;

    /**
     * @param atOnce how many may look at once
     * @param patience how long one waits for its turn
     */
    ScanTurns(int atOnce, Duration patience, Refusals refusals) {
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
        this.refusals = refusals;
    }

    /** With turns for half of the processors, and at least one. */
    static ScanTurns forThisMachine(Refusals refusals) {
        return new ScanTurns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PATIENCE, refusals);
    }

    /**
     * Looks through history when it is its turn.
     *
     * @param peer for whom
     * @throws LimitReachedException if too many wait already, or the turn does not come in time
     */
    void run(Peer peer, Runnable scan) {
        String caller = peer.caller().isEmpty() ? peer.network() : peer.caller();
        if (byCaller.merge(caller, 1, Integer::sum) > PLACES_OF_ONE) {
            leave(caller);
            throw refuse(peer);
        }
        try {
            runInPlace(peer, scan);
        } finally {
            leave(caller);
        }
    }

    private void leave(String caller) {
        byCaller.computeIfPresent(caller, (same, places) -> places == 1 ? null : places - 1);
    }

    private void runInPlace(Peer peer, Runnable scan) {
        if (!places.tryAcquire()) {
            throw refuse(peer);
        }
        try {
            runInTurn(peer, scan);
        } finally {
            places.release();
        }
    }

    private void runInTurn(Peer peer, Runnable scan) {
        if (!awaitTurn()) {
            throw refuse(peer);
        }
        try {
            scan.run();
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

    private LimitReachedException refuse(Peer peer) {
        return refusals.refuse(
                Limit.STARTS,
                peer.address(),
                "Many streams look through history for where they begin just now. Try again later, or begin without last"
                        + " and latest.",
                PATIENCE);
    }
}
