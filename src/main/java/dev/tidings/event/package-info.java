/**
 * What is published and what it is about: the event, its topics, its position in the log, its bytes.
 *
 * <p>Every door parses what it is given into a {@link dev.tidings.event.PublishRequest}, whose constructor is the one
 * check that all of them share, after {@link dev.tidings.event.PublishFields} has refused what only the hub itself
 * says. A log turns it into an {@link dev.tidings.event.Event} at a {@link dev.tidings.event.Position}.
 * {@link dev.tidings.event.EventFrame} is the only place that knows how text/event-stream breaks lines.
 *
 * <p>Nothing here knows HTTP, tokens or logs. All of it is immutable, but for {@link dev.tidings.event.PublishFields},
 * which collects.
 */
@NullMarked
package dev.tidings.event;

import org.jspecify.annotations.NullMarked;
