package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

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

    private final ReentrantLock lock;
    private final HistoryIndex index;
    private final LogPositions positions;
    private final DurableStore store;
    private final Tail tail;
    private final Retention retention;
    private final Clock clock;

    /**
     * @param lock guards the index, and the order of what goes to the tail
     * @param positions those of the file's log
     */
    FileWriter(
            ReentrantLock lock,
            HistoryIndex index,
            LogPositions positions,
            DurableStore store,
            Tail tail,
            Retention retention,
            Clock clock) {
        this.lock = lock;
        this.index = index;
        this.positions = positions;
        this.store = store;
        this.tail = tail;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public void write(List<Append> group) {
        var accepted = new ArrayList<List<Event>>();
        try {
            catchUp();
            var numbering = new Numbering(positions.at(end()), retention, clock.instant());
            var all = new ArrayList<Event>();
            for (Append append : group) {
                List<Event> events = numbering.accept(append.requests());
                accepted.add(events);
                all.addAll(events);
            }
            prepare(numbering.kept(), all.size());
            store.write(numbering.kept(), forgotten());
            takeIn(numbering.kept(), all);
        } catch (LogUnavailableException down) {
            group.forEach(append -> append.refuse(down));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).accept(accepted.get(i));
        }
    }

    @Override
    public void rest() {
        try {
            catchUp();
            store.rest(forgotten());
        } catch (LogUnavailableException down) {
            // It says so itself, and is asked to rest again.
        }
    }

    /** Makes sure that {@link #takeIn} cannot fail, for then the events are in the file. */
    private void prepare(List<Event> kept, int all) {
        lock.lock();
        try {
            index.prepare(kept);
        } finally {
            lock.unlock();
        }
        tail.reserve(all);
    }

    private void takeIn(List<Event> kept, List<Event> all) {
        lock.lock();
        try {
            for (int i = 0; i < kept.size(); i++) {
                index.add(kept.get(i));
            }
            tail.addReserved(all);
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what the file has and memory does not know, because an error came between the two. */
    private void catchUp() {
        List<Event> missing = store.after(end());
        if (!missing.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "of the log's file the last " + missing.size() + " events were not known; they are delivered now");
            prepare(missing, missing.size());
            takeIn(missing, missing);
        }
    }

    private long end() {
        lock.lock();
        try {
            return index.end();
        } finally {
            lock.unlock();
        }
    }

    /** The sequence number up to which nothing is held any more. */
    private long forgotten() {
        lock.lock();
        try {
            index.forgetOlderThanAllowed(clock.instant());
            return index.start();
        } finally {
            lock.unlock();
        }
    }
}
