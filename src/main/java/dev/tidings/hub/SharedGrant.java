package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;

/**
 * A grant that all subscribers with equal selectors share. Whether it covers a private event is found out once, however many
 * subscribers share it.
 *
 * <p><b>Threads.</b> {@link Grants} guards the holders. The delivering thread calls {@link #allow} and {@link #allows}.
 */
final class SharedGrant {

    final SelectorSet selectors;

    /** Whether it names any topic of those that operate the hub. */
    final boolean isOperators;

    /** How many subscribers share it. */
    int holders;

    /** The number of the last private batch that it covers. */
    private long allowed;

    SharedGrant(SelectorSet selectors) {
        this.selectors = selectors;
        this.isOperators = selectors.nameOperatorTopics();
    }

    /** Notes that one of its selectors covers the private event of this batch. */
    void allow(Batch batch) {
        allowed = batch.number();
    }

    /** Whether subscribers with this grant may have this batch. */
    boolean allows(Batch batch) {
        return !batch.isPrivate() || allowed == batch.number();
    }
}
