/**
 * Orders events, keeps track of who wants them, and hands them out.
 *
 * <p>{@link dev.tidings.hub.Hub#publish} gives an event to the {@link dev.tidings.hub.EventLog};
 * what the log has accepted comes back to the hub in the log's order, is matched by the
 * {@link dev.tidings.hub.TopicIndex}, holding no lock ({@link dev.tidings.hub.Delivery}), and offered to each {@link dev.tidings.hub.Subscriber}, whose
 * {@link dev.tidings.hub.Sink} is woken and takes it at its own pace. A subscriber that is behind
 * reads the log itself until it has caught up; falling behind and resuming are the same thing.
 *
 * <p>Nothing here knows servlets, tokens or any particular log.
 */
@NullMarked
package dev.tidings.hub;

import org.jspecify.annotations.NullMarked;
