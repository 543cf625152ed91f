package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.LocalHistory;
import dev.tidings.log.Sequencer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes to a log's file what publishers wait for, and then makes it known: to the index, to the tail, to them.
 *
 * <p>Whatever may fail comes before the write, for after it the events are in the file. Should an error come between all
 * the same, the next write begins with what memory lacks of the file.
 *
 * <p><b>Threads.</b> One. It takes the log's lock for what others see, and never while it waits for the disk.
 */
final class FileWriter implements GroupWriter {

    private static final System.Logger LOG = System.getLogger(FileWriter.class.getName());

    private final LocalHistory history;
    private final DurableStore store;

    FileWriter(LocalHistory history, DurableStore store) {
        this.history = history;
        this.store = store;
    }

    @Override
    public void write(List<PendingAppend> group) {
        var accepted = new ArrayList<List<Event>>();
        try {
            catchUp();
            Sequencer sequencer = history.sequencer();
            var all = new ArrayList<Event>();
            for (PendingAppend append : group) {
                List<Event> events = sequencer.accept(append.requests());
                accepted.add(events);
                all.addAll(events);
            }
            List<Event> stored = sequencer.stored();
            history.prepare(stored, all.size());
            store.write(stored, history.start().sequence());
            history.add(stored, all);
        } catch (LogUnavailableException down) {
            group.forEach(append -> append.refuse(down));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).accept(accepted.get(i));
        }
    }

    @Override
    public void maintain() {
        try {
            catchUp();
            store.maintain(history.start().sequence());
        } catch (LogUnavailableException down) {
            // It says so itself, and is asked to rest again.
        }
    }

    /** Takes in what the file has and memory does not know, because an error came between the two. */
    private void catchUp() {
        List<Event> missing = store.after(history.end().sequence());
        if (!missing.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "of the log's file the last " + missing.size() + " events were not known; they are delivered now");
            history.prepare(missing, missing.size());
            history.add(missing, missing);
        }
    }
}
