package dev.tidings.registry;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.RevocationStore;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.RegistryUnavailableException;

/**
 * Keeps revocations in Redis, and tells all nodes: one that was answered counts on each of them.
 *
 * <p>A node that does not say that it has heard is no reason to forget a revocation. It is kept, the caller is told so, and the
 * node has it as soon as it reaches Redis again.
 *
 * <p><b>Threads.</b> Any, as {@link RevocationStore} says.
 */
final class SharedRevocations implements RevocationStore {

    private final StoredRevocations stored;
    private final Inquiry inquiry;
    private final String node;

    /** @param node this node's id */
    SharedRevocations(StoredRevocations stored, Inquiry inquiry, String node) {
        this.stored = stored;
        this.inquiry = inquiry;
        this.node = node;
    }

    @Override
    public Revocation keep(Revocation asked) {
        StoredRevocations.Change change = inquiry.with(connection -> stored.keep(connection, asked));
        try {
            inquiry.tell(Question.revoke(Question.newId(), node, change.news()));
        } catch (LogUnavailableException away) {
            throw new RegistryUnavailableException("The revocation is kept, and Redis went away before all nodes had"
                    + " heard of it: " + away.getMessage() + ". Send it again, which waits for them.");
        }
        if (change.unconfirmed() != null) {
            throw new RegistryUnavailableException(
                    "The revocation counts, but " + change.unconfirmed() + ". Send it again, which waits anew.");
        }
        return change.kept();
    }

    @Override
    public boolean withdraw(String id) {
        String news = inquiry.with(connection -> stored.withdraw(connection, id));
        if (news == null) {
            return false;
        }
        try {
            inquiry.tell(Question.withdraw(Question.newId(), node, news));
        } catch (LogUnavailableException away) {
            throw new RegistryUnavailableException("The revocation is withdrawn, and Redis went away before all nodes"
                    + " had heard of it. They do when it is back.");
        }
        return true;
    }
}
