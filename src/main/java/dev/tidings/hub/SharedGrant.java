package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.SelectorSet;

/**
 * What all subscribers with equal grants may have of private events: asked once for an event, however
 * many they are.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class SharedGrant {

    final SelectorSet selectors;

    /** How many subscribers share it. */
    int holders;

    private long askedIn;
    private boolean allowed;

    SharedGrant(SelectorSet selectors) {
        this.selectors = selectors;
    }

    /** @param turn a number that differs for every private event and is never 0 */
    boolean allows(Event event, long turn) {
        if (!event.isPrivate()) {
            return true;
        }
        if (askedIn != turn) {
            askedIn = turn;
            allowed = selectors.matchesAny(event.topics());
        }
        return allowed;
    }
}
