/**
 * What the logs share. A log gives events their order, and keeps a history that can be read again.
 *
 * <p>Each kind of log has a package of its own, with one class that is an {@link dev.tidings.hub.EventLog}: {@code memory} and
 * {@code file}. A further kind stands beside them. One contract test runs against them all.
 *
 * <p>Every log uses {@link dev.tidings.log.Tail} to hand on what it accepted, and {@link dev.tidings.log.Retention} for its
 * bounds. {@link dev.tidings.log.LocalHistory} is for logs that make the order of their events in this process, {@link
 * dev.tidings.log.RecentEvents} for those that store them elsewhere.
 */
@NullMarked
package dev.tidings.log;

import org.jspecify.annotations.NullMarked;
