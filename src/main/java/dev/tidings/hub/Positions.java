package dev.tidings.hub;

import dev.tidings.event.Position;

/**
 * The positions of a log, from when it began until it begins anew.
 *
 * <p>A stream keeps those that held when it began. If the log loses events meanwhile, the positions that the stream still gives
 * out are of the life that was lost, so that nobody resumes from them in silence.
 *
 * <p><b>Threads.</b> Any.
 */
@FunctionalInterface
public interface Positions {

    /** The position of this sequence number. */
    Position at(long sequence);
}
