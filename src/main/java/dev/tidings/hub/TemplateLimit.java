package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds the distinct templates that all streams ask for together, since each may have to be compared with every topic of
 * an event. The streams of one {@linkplain Peer#caller caller} get a quarter of them at most, so that none shuts the
 * others out.
 *
 * <p><b>Threads.</b> None by itself: the hub's lock guards it. So it counts what it refuses, and whoever has given the lock back
 * {@linkplain Refusals#say says} so.
 */
final class TemplateLimit {

    private static final int SHARES = 4;

    private static final String ADVICE = "Ask for topics by their exact names, or try again later.";

    /** A share is never less than one stream may ask for. */
    private static final int LEAST_SHARE = 100;

    private static final Duration UNTIL_ROOM = Duration.ofSeconds(30);

    private static final SelectorSet NOTHING = SelectorSet.of(List.of());

    private final TemplateCount all = new TemplateCount();
    private final Map<String, TemplateCount> ofCallers = new HashMap<>();
    private final int most;
    private final int share;
    private final Refusals refusals;

    /** @param most how many there may be; 0 is any number */
    TemplateLimit(int most, Refusals refusals) {
        this.most = most;
        this.refusals = refusals;
        this.share = Math.max(most / SHARES, Math.min(most, LEAST_SHARE));
    }

    /**
     * Counts the templates that a stream asks for.
     *
     * @return the same topics, to be used instead: equal templates of all streams are one object
     * @throws LimitReachedException if there would be too many; then none of these is counted
     */
    SelectorSet take(Peer peer, SelectorSet topics) {
        return take(peer, topics, NOTHING);
    }

    /**
     * Counts the templates of a stream that is about to {@linkplain #release release} others, which then need no room.
     */
    SelectorSet take(Peer peer, SelectorSet topics, SelectorSet leaving) {
        TemplateCount own = ofCallers.computeIfAbsent(peer.caller(), none -> new TemplateCount());
        try {
            own.add(topics);
            SelectorSet shared = addToAll(own, topics);
            boolean full = exceeds(all, leaving, most);
            if (full || exceeds(own, leaving, share)) {
                own.remove(topics);
                all.remove(topics);
                throw full ? full(peer) : shareIsFull(peer);
            }
            return shared;
        } finally {
            forgetIfEmpty(peer, own);
        }
    }

    /** Releases the templates of a stream. Allocates nothing, so that lack of memory cannot make it fail. */
    void release(Peer peer, SelectorSet topics) {
        TemplateCount own = ofCallers.get(peer.caller());
        if (own == null) {
            // Nothing that it asks for is a template.
            return;
        }
        own.remove(topics);
        all.remove(topics);
        forgetIfEmpty(peer, own);
    }

    private LimitReachedException full(Peer peer) {
        return refusals.count(
                Limit.TEMPLATES,
                peer.address(),
                "All streams together ask for " + most + " distinct templates already (tidings.limit.templates). "
                        + ADVICE,
                UNTIL_ROOM);
    }

    private LimitReachedException shareIsFull(Peer peer) {
        return refusals.count(
                Limit.TEMPLATES_PER_CALLER,
                peer.address(),
                "The streams of this user, token or address ask for " + share
                        + " distinct templates already, a quarter of tidings.limit.templates. " + ADVICE,
                UNTIL_ROOM);
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
            ofCallers.remove(peer.caller());
        }
    }
}
