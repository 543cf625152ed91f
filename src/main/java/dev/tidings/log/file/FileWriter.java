package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.GroupWriter;
import dev.tidings.log.LocalHistory;
import dev.tidings.log.PendingAppend;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Sequencer;
import dev.tidings.logging.Logs;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes the events that publishers wait for to a log's file. Then it adds them to the history, and answers the publishers.
 *
 * <p>All that may fail comes before the write, because after it the events are in the file. If an error comes between all the
 * same, the next write first adds to the history what the file has and the history lacks.
 *
 * <p><b>Threads.</b> One. It takes the history's lock for short, and never while it waits for the disk.
 */
final class FileWriter implements GroupWriter {

    private static final System.Logger LOG = Logs.of(FileWriter.class);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How many tasks are done before publishers have their turn. */
    private static final int TASKS = 8;

    private final LocalHistory history;
    private final RecentEvents recent;
    private final DurableStore store;
    private final DiskTasks tasks;
    private final Clock clock;

    /**
     * @param tasks what is to be done beside writing events
     * @param clock tells which events are too old
     */
    FileWriter(LocalHistory history, RecentEvents recent, DurableStore store, DiskTasks tasks, Clock clock) {
        this.history = history;
        this.recent = recent;
        this.store = store;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public void write(List<PendingAppend> group) {
        tasks.run(TASKS);
        var accepted = new ArrayList<List<Event>>();
        List<Event> stored;
        try {
            catchUp();
            Sequencer sequencer = history.sequencer();
            var all = new ArrayList<Event>();
            for (PendingAppend append : group) {
                List<Event> events = sequencer.accept(append.requests());
                accepted.add(events);
                all.addAll(events);
            }
            stored = sequencer.stored();
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
        remember(stored);
    }

    @Override
    public long maintain() {
        recent.forgetOlderThanAllowed(clock.instant());
        if (tasks.run(TASKS)) {
            return tasks.isEmpty() ? PAUSE_NANOS : 0;
        }
        try {
            catchUp();
            store.maintain(history.start().sequence());
        } catch (LogUnavailableException down) {
            // The store has logged it, and will be asked again.
        }
        return PAUSE_NANOS;
    }

    /** Adds to the history what only the file has, because an error came between the write and the adding. */
    private void catchUp() {
        List<Event> missing = store.after(history.end().sequence());
        if (!missing.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the log's file has " + missing.size() + " events that the hub did not know; it delivers them now");
            history.prepare(missing, missing.size());
            history.add(missing, missing);
            remember(missing);
        }
    }

    /** Keeps events in memory as well. If that fails the next ones do not follow what is there, which begins anew with them. */
    private void remember(List<Event> stored) {
        try {
            recent.add(stored);
            recent.forgetOlderThanAllowed(clock.instant());
        } catch (Throwable failure) {
            FailureLog.error(LOG, "the newest events are not kept in memory, and are read from the file", failure);
        }
    }
}
