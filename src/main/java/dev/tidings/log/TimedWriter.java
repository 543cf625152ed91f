package dev.tidings.log;

import java.time.Duration;
import java.util.List;

/**
 * A writer of which others see for how long it has been at the same work, so that a disk that hangs is known as such.
 *
 * <p><b>Threads.</b> One writes; any may look.
 */
final class TimedWriter implements GroupWriter {

    private final GroupWriter writer;
    private volatile boolean busy;
    private volatile long since;

    TimedWriter(GroupWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(List<Append> group) {
        begin();
        try {
            writer.write(group);
        } finally {
            busy = false;
        }
    }

    @Override
    public void rest() {
        begin();
        try {
            writer.rest();
        } finally {
            busy = false;
        }
    }

    /** For how long it has been at work on the same; nothing when it is at rest. */
    Duration busyFor() {
        // Looked at first, so that the time is never that of work which is done.
        return busy ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
    }

    private void begin() {
        since = System.nanoTime();
        busy = true;
    }
}
