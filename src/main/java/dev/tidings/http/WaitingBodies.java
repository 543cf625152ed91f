package dev.tidings.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the requests that wait for their bodies, and the bytes that have arrived: in all, and for each caller.
 *
 * <p>A request that waits holds memory, but no thread. So there is a bound for all, and no caller gets more than a
 * quarter of it. The first body of a caller may have any size that a door reads.
 *
 * <p><b>Threads.</b> Any.
 */
final class WaitingBodies {

    /** The part that one caller may have of the whole. */
    private static final int SHARES = 4;

    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    /** The bodies that wait, of one caller or of all. */
    private static final class Amount {

        private int bodies;
        private long bytes;
    }

    private final int mostBodies;
    private final long mostBytes;
    private final Amount all = new Amount();
    private final Map<String, Amount> callers = new HashMap<>();

    /**
     * @param mostBodies how many bodies may be waited for
     * @param mostBytes how many bytes of them may be there, while more are waited for
     */
    WaitingBodies(int mostBodies, long mostBytes) {
        this.mostBodies = mostBodies;
        this.mostBytes = mostBytes;
    }

    /** One body that is waited for. */
    final class Wait {

        private final String caller;
        private long bytes;
        private boolean over;

        private Wait(String caller) {
            this.caller = caller;
        }

        /**
         * Some more of the body is there.
         *
         * @throws Problem 503 when that is too much
         */
        void grow(int more) {
            synchronized (WaitingBodies.this) {
                if (!over) {
                    add(caller, more);
                    bytes += more;
                }
            }
        }

        /** Ends it. Again does nothing. */
        void end() {
            synchronized (WaitingBodies.this) {
                if (!over) {
                    over = true;
                    leave(caller, bytes);
                }
            }
        }
    }

    /**
     * Begins to wait for a body of this caller.
     *
     * @throws Problem 429 when this caller has too many of them, 503 when all have
     */
    synchronized Wait enter(String caller) {
        Amount own = callers.get(caller);
        if (own != null && own.bodies >= Math.max(1, mostBodies / SHARES)) {
            throw new Problem(
                    429,
                    own.bodies + " requests of the same sender wait for their bodies already. Send each body with its"
                            + " head, and try again.",
                    SOON);
        }
        if (all.bodies >= mostBodies) {
            throw new Problem(503, "Too many requests wait for their bodies. Try again later.", SOON);
        }
        callers.computeIfAbsent(caller, name -> new Amount()).bodies++;
        all.bodies++;
        return new Wait(caller);
    }

    /** How many are waited for. */
    synchronized int count() {
        return all.bodies;
    }

    private void add(String caller, int bytes) {
        Amount own = own(caller);
        if (isTooMuch(own, bytes, mostBytes / SHARES) || isTooMuch(all, bytes, mostBytes)) {
            throw new Problem(503, "Too many large bodies are under way. Try again later.", SOON);
        }
        own.bytes += bytes;
        all.bytes += bytes;
    }

    private void leave(String caller, long bytes) {
        Amount own = own(caller);
        own.bodies--;
        own.bytes -= bytes;
        all.bodies--;
        all.bytes -= bytes;
        if (own.bodies == 0) {
            callers.remove(caller);
        }
    }

    private static boolean isTooMuch(Amount amount, int more, long most) {
        return amount.bodies > 1 && amount.bytes + more > most;
    }

    private Amount own(String caller) {
        Amount own = callers.get(caller);
        if (own == null) {
            throw new IllegalStateException("nobody waits for a body of " + caller);
        }
        return own;
    }
}
