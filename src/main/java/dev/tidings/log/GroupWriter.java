package dev.tidings.log;

import java.util.List;

/** Writes pending appends, a group at a time. One thread at a time calls it. */
public interface GroupWriter {

    /** Writes these appends together, in their order, and accepts or refuses each. */
    void write(List<PendingAppend> group);

    /**
     * Does what can wait. Called when no append came for a while, and again as long as none comes.
     *
     * @return in how many nanoseconds there may be something to do again
     */
    long maintain();
}
