package dev.tidings.hub;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much history a log has.
 *
 * @param events how many events are stored
 * @param bytes those of their text, as {@code tidings.history.bytes} counts them
 * @param oldest when the oldest was accepted; null if there is none
 */
public record Stored(long events, long bytes, @Nullable Instant oldest) {}
