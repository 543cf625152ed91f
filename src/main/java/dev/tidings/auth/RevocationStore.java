package dev.tidings.auth;

/**
 * Where a hub keeps its revocations: as durably as its log keeps events, and known to all of its nodes.
 *
 * <p>When it cannot keep one, it throws what the log throws when it is down.
 *
 * <p><b>Threads.</b> Any. Methods wait, for a bounded time.
 */
public interface RevocationStore {

    /**
     * Keeps a revocation, and has it count from now on. One of the same token or user stays, with the later times of both.
     *
     * @return what is kept. It survives what the log survives, and counts on every node
     * @throws TooManyRevocationsException if there is no room for it
     */
    Revocation keep(Revocation asked);

    /** Has the revocation with this id count no more. Returns whether there was one. */
    boolean withdraw(String id);
}
