package dev.tidings.hub;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where the next event of a subscriber comes from. */
public enum SubscriberState {
    /** From history, up to where it joined live delivery, or has to join again. */
    REPLAYING,
    /** From its outbox. */
    LIVE,
    /** From nowhere: it has ended. */
    ENDED;

    private static final Map<SubscriberState, Set<SubscriberState>> NEXT =
            Map.of(REPLAYING, Set.of(LIVE, ENDED), LIVE, Set.of(REPLAYING, ENDED), ENDED, Set.of());

    /** The word that operators see. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The next state, from this one.
     *
     * @throws IllegalStateException if this does not lead there
     */
    SubscriberState to(SubscriberState next) {
        if (!NEXT.getOrDefault(this, Set.of()).contains(next)) {
            throw new IllegalStateException(this + " does not lead to " + next);
        }
        return next;
    }
}
