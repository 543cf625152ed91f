package dev.tidings.hub;

import java.time.Instant;

/**
 * What goes on about one topic, or about all that a selector matches.
 *
 * @param topic the topic, or the selector
 * @param stored how many of its events are stored
 * @param rate how many there were a second, over the last minute
 * @param time when the newest was accepted
 * @param id the id of the newest
 */
public record TopicActivity(String topic, long stored, double rate, Instant time, String id) {}
