package dev.tidings.hub;

import dev.tidings.event.SelectorSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds the distinct templates that all streams ask for together, since each may have to be compared with every topic of
 * an event. The streams of one user get a quarter of them at most, so that no user shuts the others out; without a user
 * the address stands for one.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class TemplateLimit {

    private static final int SHARES = 4;

    /** What one stream may ask for is never more than a share. */
    private static final int LEAST_SHARE = 100;

    private static final SelectorSet NOTHING = SelectorSet.of(List.of());

    private final TemplateCount all = new TemplateCount();
    private final Map<String, TemplateCount> ofUsers = new HashMap<>();
    private final Map<String, TemplateCount> ofAddresses = new HashMap<>();
    private final int most;
    private final int share;

    /** @param most how many there may be; 0 is any number */
    TemplateLimit(int most) {
        this.most = most;
        this.share = Math.max(most / SHARES, Math.min(most, LEAST_SHARE));
    }

    /**
     * Counts those that a stream asks for.
     *
     * @return the same topics, to be kept instead: equal templates of all streams are one
     * @throws TooManyTemplatesException if with these there would be too many, and then none of them is counted
     */
    SelectorSet take(Peer peer, SelectorSet topics) {
        return change(peer, NOTHING, topics);
    }

    /**
     * Counts what a stream asks for from now on instead of what it did.
     *
     * @return what it asks for, as {@link #take} does
     * @throws TooManyTemplatesException if there would be too many, and then all is as before
     */
    SelectorSet change(Peer peer, SelectorSet before, SelectorSet after) {
        TemplateCount own = counts(peer).computeIfAbsent(name(peer), none -> new TemplateCount());
        try {
            own.add(after);
            SelectorSet shared = addToAll(own, after);
            boolean full = exceeds(all, before, most);
            if (full || exceeds(own, before, share)) {
                own.remove(after);
                all.remove(after);
                throw new TooManyTemplatesException(full ? most : share, !full);
            }
            own.remove(before);
            all.remove(before);
            return shared;
        } finally {
            forgetIfEmpty(peer, own);
        }
    }

    /** They are not asked for any more by one who did. Allocates nothing, so that it fails for no lack of memory. */
    void release(Peer peer, SelectorSet topics) {
        TemplateCount own = counts(peer).get(name(peer));
        if (own == null) {
            // Nothing that it asks for is a template.
            return;
        }
        own.remove(topics);
        all.remove(topics);
        forgetIfEmpty(peer, own);
    }

    private SelectorSet addToAll(TemplateCount own, SelectorSet topics) {
        boolean added = false;
        try {
            all.add(topics);
            added = true;
            return all.shared(topics);
        } catch (Throwable failure) {
            own.remove(topics);
            if (added) {
                all.remove(topics);
            }
            throw failure;
        }
    }

    private boolean exceeds(TemplateCount count, SelectorSet leaving, int bound) {
        return most > 0 && count.weight() - count.weightOnlyIn(leaving) > bound;
    }

    private void forgetIfEmpty(Peer peer, TemplateCount own) {
        if (own.isEmpty()) {
            counts(peer).remove(name(peer));
        }
    }

    private Map<String, TemplateCount> counts(Peer peer) {
        return peer.user() == null ? ofAddresses : ofUsers;
    }

    private static String name(Peer peer) {
        String user = peer.user();
        return user == null ? peer.address() : user;
    }
}
