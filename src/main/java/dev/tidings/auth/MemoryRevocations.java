package dev.tidings.auth;

/**
 * Keeps revocations in memory alone, as long as the process lives.
 *
 * <p><b>Threads.</b> Any.
 */
public final class MemoryRevocations implements RevocationStore {

    private final Revocations index;

    /** @param index where verification finds them */
    public MemoryRevocations(Revocations index) {
        this.index = index;
    }

    @Override
    public synchronized Revocation keep(Revocation asked) {
        Revocation kept = index.joined(asked);
        index.put(kept);
        return kept;
    }

    @Override
    public synchronized boolean withdraw(String id) {
        return index.remove(id);
    }
}
