package dev.tidings.hub;

import dev.tidings.event.OperatorTopics;
import dev.tidings.event.SelectorSet;

/**
 * What all subscribers with equal grants may have of private events: asked once for an event, however
 * many they are.
 *
 * <p><b>Threads.</b> The hub guards who holds it; {@link #allows} is delivery's.
 */
final class SharedGrant {

    final SelectorSet selectors;

    /** Whether it names anything of what operates the hub. */
    final boolean isOperators;

    /** How many subscribers share it. */
    int holders;

    private long askedIn;
    private boolean allowed;

    SharedGrant(SelectorSet selectors) {
        this.selectors = selectors;
        this.isOperators = OperatorTopics.areNamedBy(selectors);
    }

    boolean allows(Turn turn) {
        if (!turn.isPrivate()) {
            return true;
        }
        if (askedIn != turn.number()) {
            askedIn = turn.number();
            allowed = selectors.coversAny(turn.topics());
        }
        return allowed;
    }
}
