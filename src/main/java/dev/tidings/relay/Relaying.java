package dev.tidings.relay;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.FencedException;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The transactions of a relay: taking the lease, going on from batch to batch, and leaving.
 *
 * <p>Each method begins outside a transaction, and ends there if it returns. Whatever it throws leaves one open.
 *
 * <p><b>Threads.</b> One.
 */
final class Relaying {

    static final int MOST_ROWS = 500;

    /** About how much memory a batch may take, in bytes, unless a single row takes more. */
    private static final long MOST_BYTES = 8L << 20;

    private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final System.Logger LOG = Logs.of(Relaying.class);

    /** What becomes of rows that were read. */
    private record Sorted(List<Long> ids, List<PublishRequest> events, Map<Long, String> bad, List<Long> stored) {

        Sorted() {
            this(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
        }

        void add(long id, PublishRequest event) {
            ids.add(id);
            events.add(event);
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
     * Whether rows may be in the table whose events the log has, although they belong to no batch that was written down: a
     * database that crashed may have lost what it had answered. Such rows were published in order of their ids, so they come
     * first. To ask the log for each row takes long, so it ends with the first look that finds none.
     */
    private boolean suspicious = true;

    private long countedAt;

    /**
     * @param name the table's
     * @param mayPublish whether the log takes events now
     */
    Relaying(
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

    /** Takes the lease if this relay may. Returns whether it has it now. */
    boolean takeLease(OutboxSession session) throws SQLException {
        OutboxTable table = session.table();
        LeaseRow row = lease(session);
        LeaseRow taken = lease.next(row.counter(), row.batch());
        if (!lease.mayTake(row) || !mayPublish.getAsBoolean() || !table.change(session.jdbc(), row.counter(), taken)) {
            session.rollback();
            return false;
        }
        Batch left = row.batch() == null ? null : left(session, row.batch());
        session.commit();
        lease.hold(taken);
        publisher.resume(left);
        suspicious = true;
        figures.tookOver();
        LOG.log(
                Level.INFO,
                "this node relays the rows of " + name
                        + (session.isNotified() ? ", and is notified of them" : "")
                        + (left == null ? "" : ", and begins with " + left.ids().size() + " that were begun before"));
        return true;
    }

    /** The lease, which is made if nobody has ever had it. */
    private static LeaseRow lease(OutboxSession session) throws SQLException {
        LeaseRow row = session.table().lease(session.jdbc());
        if (row != null) {
            return row;
        }
        if (session.table().addLease(session.jdbc())) {
            session.commit();
        } else {
            // Another has made it meanwhile.
            session.rollback();
        }
        return Objects.requireNonNull(session.table().lease(session.jdbc()));
    }

    /** The batch of which this was written down, as far as its rows are there. */
    private Batch left(OutboxSession session, String text) throws SQLException {
        var sorted = new Sorted();
        for (OutboxRow row : session.table().rows(session.jdbc(), Batch.ids(text))) {
            try {
                sorted.add(row.id(), checks.event(row));
            } catch (BadRowException bad) {
                // As it would be if the other node had had the settings of this one.
                sorted.bad.put(row.id(), bad.reason());
            }
        }
        setAside(session, sorted.bad);
        return new Batch(Batch.key(text), sorted.ids, sorted.events);
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
        if (!session.table().change(session.jdbc(), lease.counter(), next)) {
            session.rollback();
            lose();
            return;
        }
        session.commit();
        lease.hold(next);
        publisher.take(null);
        suspicious = true;
        LOG.log(
                Level.WARNING,
                "the database has lost what it had committed for the relay of " + name
                        + ". Rows that are there again are looked for in the log, and not published twice");
    }

    /**
     * Deletes the rows that are published, sets aside those that are bad, and writes down the next batch, in one transaction.
     *
     * @return whether there were rows
     */
    boolean advance(OutboxSession session) throws SQLException {
        OutboxTable table = session.table();
        Batch done = publisher.batch();
        if (done != null) {
            table.delete(session.jdbc(), done.ids());
        }
        List<OutboxRow> rows = table.waiting(session.jdbc(), MOST_ROWS, MOST_BYTES);
        if (done == null && rows.isEmpty() && !lease.isDue()) {
            session.rollback();
            figures.setWaiting(0);
            return false;
        }
        Sorted sorted = sort(rows);
        suspicious = suspicious && !sorted.stored.isEmpty();
        table.delete(session.jdbc(), sorted.stored);
        setAside(session, sorted.bad);
        Batch next = sorted.ids.isEmpty() ? null : Batch.of(sorted.ids, sorted.events);
        long waiting = waiting(session, rows.size());
        LeaseRow renewed = lease.next(lease.counter(), next == null ? null : next.text());
        if (!table.change(session.jdbc(), lease.counter(), renewed)) {
            session.rollback();
            lose();
            return true;
        }
        session.commit();
        lease.hold(renewed);
        publisher.take(next);
        figures.addPublished((done == null ? 0 : done.ids().size()) + sorted.stored.size());
        figures.addSetAside(sorted.bad.size());
        figures.setWaiting(waiting);
        return !rows.isEmpty();
    }

    private Sorted sort(List<OutboxRow> rows) {
        var sorted = new Sorted();
        for (OutboxRow row : rows) {
            try {
                PublishRequest event = checks.event(row);
                if (suspicious && publisher.isStored(event)) {
                    sorted.stored.add(row.id());
                } else {
                    sorted.add(row.id(), event);
                }
            } catch (BadRowException bad) {
                sorted.bad.put(row.id(), bad.reason());
            }
        }
        return sorted;
    }

    private void setAside(OutboxSession session, Map<Long, String> bad) throws SQLException {
        for (Map.Entry<Long, String> row : bad.entrySet()) {
            session.table().setAside(session.jdbc(), row.getKey(), row.getValue());
        }
        if (!bad.isEmpty()) {
            Map.Entry<Long, String> first = bad.entrySet().iterator().next();
            LOG.log(
                    Level.WARNING,
                    "no event can be made of " + bad.size() + " of the rows of " + name
                            + ". They are set aside, and their column error says why. The first is " + first.getKey()
                            + ": " + first.getValue());
        }
    }

    /** Counting takes a while if there are many, so it is done now and then. */
    private long waiting(OutboxSession session, int found) throws SQLException {
        long now = nanoTime.getAsLong();
        if (found == 0 || now - countedAt < COUNT_NANOS) {
            return found == 0 ? 0 : Math.max(found, figures.waiting());
        }
        countedAt = now;
        return session.table().count(session.jdbc());
    }

    /** Leaves the lease to others, with what is not published yet. */
    void leave(OutboxSession session) throws SQLException {
        Batch batch = publisher.batch();
        LeaseRow left = lease.left(batch == null ? null : batch.text());
        if (session.table().change(session.jdbc(), lease.counter(), left)) {
            session.commit();
        } else {
            session.rollback();
        }
        forget();
    }

    private void lose() {
        forget();
        LOG.log(Level.INFO, "another node relays the rows of " + name);
    }

    /** Nobody knows who has the lease. */
    void forget() {
        lease.lose();
        publisher.resume(null);
        figures.setWaiting(0);
    }
}
