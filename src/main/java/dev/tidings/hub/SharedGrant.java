package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;

/**
 * What all subscribers with equal grants may have of private events: found out once for an event, however many they are.
 *
 * <p><b>Threads.</b> {@link Grants} guards who holds it; {@link #allow} and {@link #allows} are delivery's.
 */
final class SharedGrant {

    final SelectorSet selectors;

    /** Whether it names anything of what operates the hub. */
    final boolean isOperators;

    /** How many subscribers share it. */
    int holders;

    /** The batch that it allows, of those with private events that were looked at. */
    private long allowed;

    SharedGrant(SelectorSet selectors) {
        this.selectors = selectors;
        this.isOperators = selectors.nameOperatorTopics();
    }

    /** One of its selectors covers the private event of this batch. */
    void allow(Batch batch) {
        allowed = batch.number();
    }

    /** Whether those who have it may have this. */
    boolean allows(Batch batch) {
        return !batch.isPrivate() || allowed == batch.number();
    }
}
