package dev.tidings.hub;

import java.util.Locale;

/** Whether a node takes requests. */
public enum NodeState {
    /** It does. */
    READY,
    /** It takes no streams any more, and ends those that it has. */
    DRAINING,
    /** It does not, or is not heard of. */
    AWAY;

    /** Its name in the hub's documents. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
