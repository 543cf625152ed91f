/**
 * How the lines look that the hub writes into its container's log: as text, or as JSON. The loggers are those of
 * {@link java.lang.System.Logger}. Every class gets its own from {@link dev.tidings.logging.Logs}, and says what has fields as
 * a {@link dev.tidings.logging.LogLine}.
 *
 * <p>It is not the log of events, which is {@code log}.
 */
@NullMarked
package dev.tidings.logging;

import org.jspecify.annotations.NullMarked;
