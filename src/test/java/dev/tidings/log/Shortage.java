package dev.tidings.log;

import org.jspecify.annotations.Nullable;

/**
 * Takes all of this process's heap but some bytes, so that what a test does next runs out of memory at a point of the
 * test's choice: with one collector thread and no thread-local buffers, what is free is exactly that.
 *
 * <p><b>Threads.</b> One.
 */
public final class Shortage {

    /** The smallest thing that can be given back, in bytes. */
    public static final int UNIT = 16;

    private static final int LARGEST = 1 << 20;

    private @Nullable Link large;

    /** One piece of the heap, and the one that was taken before it; both only to be kept. */
    @SuppressWarnings("UnusedVariable")
    private static final class Link {

        private final @Nullable Link before;
        private final Object piece;

        Link(@Nullable Link before, Object piece) {
            this.before = before;
            this.piece = piece;
        }
    }

    /** A piece of one unit, and the one before it, only to be kept. */
    @SuppressWarnings("UnusedVariable")
    private static final class Unit {

        private @Nullable Unit before;
    }

    private @Nullable Unit units;

    /** Takes everything, then gives so many units back. */
    public void begin(int unitsFree) {
        for (int i = 0; i < unitsFree; i++) {
            var unit = new Unit();
            unit.before = units;
            units = unit;
        }
        for (int size = LARGEST; size >= UNIT; size /= 32) {
            fill(size);
        }
        units = null;
    }

    private void fill(int size) {
        try {
            while (true) {
                large = new Link(large, new byte[size]);
            }
        } catch (OutOfMemoryError full) {
            // Smaller pieces may still find room.
        }
    }

    /** Gives everything back. */
    public void end() {
        large = null;
    }
}
