/**
 * What is published and what it is about: the event, its topics, its place in the log, its bytes.
 *
 * <p>Every door parses what it is given into a {@link dev.tidings.event.PublishRequest}, whose constructor
 * is the one check that all of them share, after {@link dev.tidings.event.PublishFields} has refused what only the hub
 * itself says; a log turns it into an {@link dev.tidings.event.Event} at a
 * {@link dev.tidings.event.Position}; {@link dev.tidings.event.TopicSelector}s say who wants it and who
 * may have it, and {@link dev.tidings.event.OperatorTopics} what takes more than a selector that matches; {@link dev.tidings.event.EventFrame} is the only place that knows how text/event-stream
 * breaks lines. Nothing here knows HTTP, tokens or logs, and all of it is immutable, but for
 * {@link dev.tidings.event.PublishFields}, which collects, and {@link dev.tidings.event.TopicPlaces}, which
 * makes a topic ready to be compared with many templates.
 */
@NullMarked
package dev.tidings.event;

import org.jspecify.annotations.NullMarked;
