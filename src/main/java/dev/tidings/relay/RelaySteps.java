package dev.tidings.relay;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.FencedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a relay: taking the lease, going on from batch to batch, and leaving.
 *
 * <p>No two statements are in one transaction, so a relay that hangs between them holds no lock. Whatever has to be the lease holder's
 * alone is said by the one statement that changes the lease, or asks for its counter, as the one that sets a row aside. Deleting does
 * not: rows are deleted whose events the log has, and it does not matter by whom.
 *
 * <p>Over 300 lines, since all of this is one order of steps, each of which may be the last.
 *
 * <p><b>Threads.</b> One.
 */
final class RelaySteps {

    static final int MOST_ROWS = 500;

    /** About how much text a batch may have, in characters, unless a single row has more. */
    static final long MOST_TEXT = 4L << 20;

    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final System.Logger LOG = Logs.of(RelaySteps.class);

    /** What becomes of rows that were read. */
    private record Sorted(List<Long> ids, List<PublishRequest> events, Map<Long, String> bad, List<Long> stored) {

        Sorted() {
            this(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
        }
    }

    private final String name;
    private final Lease lease;
    private final RowChecks checks;
    private final BatchPublisher publisher;
    private final BooleanSupplier mayPublish;
    private final RelayFigures figures;
    private final LongSupplier nanoTime;

    /**
     * Up to which id there may be rows whose events the log has, although they belong to no batch that was written down: a database
     * that crashed may have lost what it had answered. Null if there are none. It is the highest id when the lease was taken, and of
     * rows up to it the log is asked until a look finds none of them.
     */
    private @Nullable Long doubtfulUpTo;

    /** Whether that id has to be asked for. */
    private boolean suspicious = true;

    /** Whether the log and the figures know that this relay has the lease. */
    private boolean told;

    private long countedAt;

    /**
     * @param name the table's
     * @param mayPublish whether the log takes events now
     */
    RelaySteps(
            String name,
            Lease lease,
            RowChecks checks,
            BatchPublisher publisher,
            BooleanSupplier mayPublish,
            RelayFigures figures,
            LongSupplier nanoTime) {
        this.name = name;
        this.lease = lease;
        this.checks = checks;
        this.publisher = publisher;
        this.mayPublish = mayPublish;
        this.figures = figures;
        this.nanoTime = nanoTime;
        this.countedAt = nanoTime.getAsLong() - COUNT_NANOS;
    }

    /**
     * Takes the lease if this relay may. Returns whether it has it now.
     *
     * @throws LogUnavailableException if the log cannot be asked now
     */
    boolean takeLease(OutboxSession session) throws SQLException {
        OutboxTable table = session.table();
        lease.look();
        LeaseRow row = lease(table);
        LeaseRow taken = lease.next(row.counter(), row.batch());
        if (!lease.mayTake(row) || !mayPublish.getAsBoolean() || !table.change(row.counter(), taken)) {
            return false;
        }
        told &= lease.isOwn(row);
        lease.hold(taken);
        if (!resume(session, row.batch())) {
            return false;
        }
        Batch left = publisher.batch();
        suspicious = true;
        // After a statement that failed the lease is this relay's own still. Nothing has changed then but the
        // connection.
        if (!told) {
            figures.tookOver();
        }
        LOG.log(
                told ? Level.DEBUG : Level.INFO,
                "this node relays the rows of " + name
                        + (session.isNotified() ? ", and is notified of them" : "")
                        + (left == null
                                ? ""
                                : ", and begins with " + left.events().size() + " that were begun before"));
        told = true;
        return true;
    }

    /** The lease, which is made if nobody has ever had it. */
    private static LeaseRow lease(OutboxTable table) throws SQLException {
        LeaseRow row = table.lease();
        if (row != null) {
            return row;
        }
        table.addLease();
        return Objects.requireNonNull(table.lease());
    }

    /** Takes up what was written down. The lease is worth nothing without that. Returns false if another has it. */
    private boolean resume(OutboxSession session, @Nullable String written) throws SQLException {
        boolean resumed = false;
        try {
            resumed = written == null || resume(session, BatchIds.parse(written));
            return resumed;
        } finally {
            if (!resumed) {
                lease.forget();
            }
        }
    }

    /**
     * Takes up the batch of which this was written down, as far as its rows are there. It may be published already. A row of which no
     * event can be made here is set aside only if the log has none: the node that published it may have had other settings.
     *
     * <p>Rows that are not in the batch any more are first taken out of what is written down. Under its key the log would take them for
     * published as soon as they are mended.
     */
    private boolean resume(OutboxSession session, BatchIds written) throws SQLException {
        Sorted sorted = read(session, written.ids());
        Set<String> published =
                publisher.known(sorted.bad.keySet().stream().map(checks::id).toList());
        List<Long> known = sorted.bad.keySet().stream()
                .filter(id -> published.contains(checks.id(id)))
                .toList();
        session.table().delete(known);
        figures.addPublished(known.size());
        known.forEach(sorted.bad::remove);
        var left = new BatchIds(written.key(), sorted.ids);
        if (!left.equals(written)
                && !change(session, lease.next(lease.counter(), sorted.ids.isEmpty() ? null : left.text()))) {
            return false;
        }
        publisher.resume(sorted.ids.isEmpty() ? null : new Batch(left, sorted.events));
        return setAside(session, sorted.bad);
    }

    /**
     * Publishes the batch that is written down, if there is one.
     *
     * @return whether nothing is left to publish
     */
    boolean publish(OutboxSession session) throws SQLException {
        if (publisher.isDone()) {
            return true;
        }
        try {
            return publisher.publish(lease.counter());
        } catch (FencedException later) {
            refused(session, later.token());
            return false;
        }
    }

    /** A higher counter was used than this relay has. Either another has the lease, or the database has lost what it had. */
    private void refused(OutboxSession session, long token) throws SQLException {
        LeaseRow next = lease.next(Math.max(token, lease.counter()), null);
        if (!change(session, next)) {
            return;
        }
        publisher.take(null);
        suspicious = true;
        LOG.log(
                Level.WARNING,
                "the database has lost what it had committed for the relay of " + name
                        + ". Rows that are there again are looked for in the log, and not published twice");
    }

    /**
     * Deletes the rows that are published, sets aside those that are bad, and writes down the next batch.
     *
     * @return whether there were rows
     */
    boolean advance(OutboxSession session) throws SQLException {
        OutboxTable table = session.table();
        Batch done = publisher.batch();
        if (done != null) {
            table.delete(done.ids());
            publisher.take(null);
            figures.addPublished(done.ids().size());
        }
        if (suspicious) {
            doubtfulUpTo = table.highest();
            suspicious = false;
        }
        List<Long> ids = table.waiting(MOST_ROWS, MOST_TEXT);
        if (ids.isEmpty()) {
            doubtfulUpTo = null;
            figures.setWaiting(0);
            if (isLeaseShown(session)) {
                lease.getOn();
            }
            return false;
        }
        if (!isLeaseShown(session)) {
            return true;
        }
        Sorted sorted = sort(read(session, ids));
        long waiting = waiting(table, ids.size());
        BatchIds written = sorted.ids.isEmpty() ? null : BatchIds.of(sorted.ids);
        if (!change(session, lease.next(lease.counter(), written == null ? null : written.text()))) {
            return true;
        }
        lease.getOn();
        publisher.take(written == null ? null : new Batch(written, sorted.events));
        table.delete(sorted.stored);
        figures.addPublished(sorted.stored.size());
        if (setAside(session, sorted.bad)) {
            figures.setWaiting(waiting);
        }
        return true;
    }

    /** Shows others that this relay is there, if that is due. Returns false if another has the lease. */
    private boolean isLeaseShown(OutboxSession session) throws SQLException {
        return !lease.isDue() || change(session, lease.next(lease.counter(), null));
    }

    /** Changes the lease. Returns false if another has it. */
    private boolean change(OutboxSession session, LeaseRow next) throws SQLException {
        if (session.table().change(lease.counter(), next)) {
            lease.hold(next);
            return true;
        }
        lost();
        return false;
    }

    private void lost() {
        told = false;
        lease.lose();
        forget();
        LOG.log(Level.INFO, "another node relays the rows of " + name);
    }

    /** The events of rows, and those that are bad. */
    private Sorted read(OutboxSession session, List<Long> ids) throws SQLException {
        RowReader.Found found = session.reader().rows(ids);
        var sorted = new Sorted();
        found.unreadable().forEach(row -> sorted.bad.put(row.id(), row.reason()));
        for (OutboxRow row : found.rows()) {
            try {
                PublishRequest event = checks.event(row);
                sorted.ids.add(row.id());
                sorted.events.add(event);
            } catch (BadRowException bad) {
                sorted.bad.put(row.id(), bad.reason());
            }
        }
        return sorted;
    }

    /** The same, and those whose events the log has. */
    private Sorted sort(Sorted read) {
        Long upTo = doubtfulUpTo;
        if (upTo == null) {
            return read;
        }
        var doubtful = new ArrayList<PublishRequest>();
        for (int i = 0; i < read.ids.size() && read.ids.get(i) <= upTo; i++) {
            doubtful.add(read.events.get(i));
        }
        if (doubtful.isEmpty() && read.bad.keySet().stream().noneMatch(id -> id <= upTo)) {
            doubtfulUpTo = null;
            return read;
        }
        Set<PublishRequest> stored = publisher.stored(doubtful);
        var sorted = new Sorted();
        sorted.bad.putAll(read.bad);
        for (int i = 0; i < read.ids.size(); i++) {
            PublishRequest event = read.events.get(i);
            if (stored.contains(event)) {
                sorted.stored.add(read.ids.get(i));
            } else {
                sorted.ids.add(read.ids.get(i));
                sorted.events.add(event);
            }
        }
        return sorted;
    }

    /**
     * Sets rows aside. Returns false if another has the lease.
     *
     * <p>Those of one reason are one statement, since an application with a mistake writes many of them, and the others must not wait
     * for long. If there are many reasons it shows others meanwhile that it is there.
     */
    private boolean setAside(OutboxSession session, Map<Long, String> bad) throws SQLException {
        OutboxTable table = session.table();
        var byReason = new LinkedHashMap<String, List<Long>>();
        bad.forEach((id, reason) ->
                byReason.computeIfAbsent(reason, first -> new ArrayList<>()).add(id));
        for (Map.Entry<String, List<Long>> rows : byReason.entrySet()) {
            if (lease.isDue() && !change(session, lease.next(lease.counter(), written()))) {
                return false;
            }
            List<Long> ids = rows.getValue();
            if (table.setAside(ids, rows.getKey(), lease.counter()) < ids.size() && !isStillHeld(table)) {
                lost();
                return false;
            }
        }
        if (!bad.isEmpty()) {
            figures.addSetAside(bad.size());
            Map.Entry<Long, String> first = bad.entrySet().iterator().next();
            LOG.log(
                    Level.WARNING,
                    LogLine.of("no event can be made of " + bad.size() + " of the rows of " + name
                                    + ". They are set aside, and their column error says why")
                            .add("first", first.getKey())
                            .add("error", first.getValue()));
        }
        return true;
    }

    /** Whether it is only the row that is gone. */
    private boolean isStillHeld(OutboxTable table) throws SQLException {
        LeaseRow row = table.lease();
        return row != null && row.counter() == lease.counter();
    }

    /** Counting takes a while if there are many, so it is done now and then. */
    private long waiting(OutboxTable table, int found) throws SQLException {
        long now = nanoTime.getAsLong();
        if (now - countedAt < COUNT_NANOS) {
            return Math.max(found, figures.waiting());
        }
        countedAt = now;
        return table.count();
    }

    /** Leaves the lease to others, with what is not published yet. */
    void leave(OutboxSession session) throws SQLException {
        session.table().change(lease.counter(), lease.left(written()));
        told = false;
        forget();
    }

    /** The batch that is not finished, as it is written down. */
    private @Nullable String written() {
        Batch batch = publisher.batch();
        return batch == null ? null : batch.written().text();
    }

    /** Nobody knows who has the lease. */
    void forget() {
        lease.forget();
        publisher.resume(null);
        figures.setWaiting(0);
    }
}
