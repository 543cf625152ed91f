package dev.tidings.log.file;

import java.util.List;

/** Writes what publishers wait for, a group of them at a time. One thread at a time calls it. */
interface GroupWriter {

    /** Writes these together, in their order, and answers or refuses each. */
    void write(List<PendingAppend> group);

    /** Called when nothing came for a while, and again as long as nothing comes. */
    void maintain();
}
