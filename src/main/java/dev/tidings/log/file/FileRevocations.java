package dev.tidings.log.file;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.RevocationStore;
import dev.tidings.auth.Revocations;

/**
 * Keeps revocations in the file of a log, on the thread that writes its events: one that was answered is on the disk.
 *
 * <p><b>Threads.</b> Any, as {@link RevocationStore} says. What changes the file runs on the thread that writes it, one after
 * the other, so that the file and the index never differ.
 */
final class FileRevocations implements RevocationStore {

    /** How many that have ended stay in the file before they are removed. */
    private static final int MOST_ENDED = 64;

    private final FileChanges changes;
    private final DurableStore store;
    private final Revocations index;

    /**
     * Begins with what is in the file.
     *
     * @param index where verification finds them
     * @throws IllegalArgumentException if one is of a kind that this version does not know
     */
    FileRevocations(FileChanges changes, DurableStore store, Revocations index) {
        this.changes = changes;
        this.store = store;
        this.index = index;
        store.revocations().forEach(index::put);
    }

    @Override
    public Revocation keep(Revocation asked) {
        return changes.run(() -> {
            Revocation kept = index.joined(asked);
            store.change(revocations -> {
                revocations.put(kept);
                if (revocations.size() > index.size() + MOST_ENDED) {
                    revocations.keepOnly(each -> each.id().equals(kept.id()) || index.has(each.id()));
                }
            });
            index.put(kept);
            return kept;
        });
    }

    @Override
    public boolean withdraw(String id) {
        return changes.run(() -> {
            if (!index.has(id)) {
                return false;
            }
            store.change(revocations -> revocations.remove(id));
            return index.remove(id);
        });
    }
}
