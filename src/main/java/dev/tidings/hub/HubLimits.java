package dev.tidings.hub;

/**
 * The bounds of what a hub has in memory for its subscribers.
 *
 * @param outboxEvents the most events that wait for one subscriber
 * @param outboxBytes the most bytes that wait for one subscriber, by {@link dev.tidings.event.Event#size}
 * @param templates the most distinct templates that all subscribers may ask for together; 0 is any number
 */
public record HubLimits(int outboxEvents, long outboxBytes, int templates) {}
