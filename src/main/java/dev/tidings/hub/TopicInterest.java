package dev.tidings.hub;

/**
 * Whether any client may get what the hub tells its operators on topics below a prefix. Without such a client these events need
 * not be made: thousands may reconnect at once, and for each there would be events to make while others wait.
 *
 * <p>{@link Hub#interest} has that of this node. Where a hub has many nodes, there may be interest on another one.
 *
 * <p><b>Threads.</b> Any that holds the hub's lock. Does not wait.
 */
@FunctionalInterface
public interface TopicInterest {

    /** Whether no client, on any node, would get such an event. */
    boolean isNone();
}
