/**
 * Delivers events to subscribers, and knows which clients there are.
 *
 * <p>{@link dev.tidings.hub.Hub#publish} gives events to the {@link dev.tidings.hub.EventLog}. What the log has accepted comes
 * back to the {@link dev.tidings.hub.Dispatcher} in the log's order. {@link dev.tidings.hub.Delivery} finds the recipients in the
 * {@link dev.tidings.hub.TopicIndex}, holding no lock, and puts the events into their outboxes. That wakes the
 * {@link dev.tidings.hub.Sink} of each {@link dev.tidings.hub.Subscriber}, which takes them at its own pace. A subscriber that is
 * behind reads the log itself until it has caught up. Falling behind and resuming are the same thing.
 *
 * <p>Nothing here knows servlets, tokens or any particular log.
 */
@NullMarked
package dev.tidings.hub;

import org.jspecify.annotations.NullMarked;
