package dev.tidings.relay;

import dev.tidings.hub.FailureLog;
import dev.tidings.hub.Hub;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import dev.tidings.publish.PublishService;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the rows of a table, one after the other in order of their ids, and deletes them then. Of all nodes that have the
 * table one relays.
 *
 * <p>While there are rows it goes on at once. Then it looks less and less often, down to once a second. A PostgreSQL may notify it.
 *
 * <p>The database may be away, also at the start. It is tried again until it is there. If the log is away, rows wait. A node that
 * cannot publish for longer than the lease, or drains, leaves relaying to another. Over 300 lines, since it is all that one thread does.
 *
 * <p><b>Threads.</b> One of its own, {@code tidings-relay}. Any may ask for figures. Closing waits a few seconds at most.
 */
public final class Relay implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** How often another's lease is looked at. */
    private static final Duration WATCH = Duration.ofSeconds(1);

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final Duration LATE_ANSWER = Duration.ofMillis(50);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(15);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private static final System.Logger LOG = Logs.of(Relay.class);

    private final DataSource source;
    private final String name;
    private final int mostData;
    private final Hub hub;
    private final Lease lease;
    private final RelaySteps steps;
    private final RelayFigures figures = new RelayFigures();
    private final RelayTrouble trouble;
    private final WorkerThread thread = new WorkerThread("tidings-relay", null, this::step);

    /** What is used, or is being made, so that another thread can end it. */
    private volatile @Nullable DatabaseConnection connection;

    // Used by the thread alone.

    private @Nullable OutboxSession session;
    private Duration pause = FIRST_PAUSE;
    private Duration retry = FIRST_RETRY;

    /** Whether a step has not ended as it should, so that nobody knows what the connection is in. */
    private boolean midway;

    /**
     * A relay that does not run yet.
     *
     * @param source where the table is
     * @param name the table's, with its schema if it needs one
     * @param mostData the most bytes that the data of an event may have
     * @param node names this node for operators
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    public Relay(
            DataSource source,
            String name,
            int mostData,
            PublishService publishing,
            Hub hub,
            String node,
            LongSupplier nanoTime) {
        this.source = source;
        this.name = name;
        this.mostData = mostData;
        this.hub = hub;
        this.trouble = new RelayTrouble(nanoTime);
        this.lease = new Lease(node + ' ' + UUID.randomUUID(), nanoTime);
        this.steps = new RelaySteps(
                name,
                lease,
                new RowChecks(idPrefix(name), mostData, publishing),
                new BatchPublisher(publishing, hub, fence(name)),
                () -> hub.fault() == null,
                figures,
                nanoTime);
    }

    /** What the ids of the events begin with that are made of a table's rows. The row's id follows. */
    public static String idPrefix(String table) {
        return fence(table) + '-';
    }

    /** What a table's relays are fenced by. With its schema or without, it is the same table. */
    private static String fence(String table) {
        return table.substring(table.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Begins to look for rows. */
    public Relay start() {
        thread.start();
        return this;
    }

    /** Whether this node relays, as far as it knows. */
    public boolean isRelaying() {
        return lease.isHeld();
    }

    /** What it has done. */
    public RelayFigures figures() {
        return figures;
    }

    /** Why rows are not relayed now, as a sentence without its full stop; null if nothing hinders. */
    public @Nullable String fault() {
        if (!thread.isAlive()) {
            return "the thread " + thread.name() + " does not run";
        }
        String hinders = trouble.sentence();
        if (hinders != null) {
            return hinders;
        }
        Duration step = thread.busyFor();
        return step.compareTo(LONGEST_STEP) <= 0
                ? null
                : "the relay has waited for its database for " + step.toSeconds() + " s";
    }

    /** Leaves relaying to others, and ends. A database that does not answer is not waited for. */
    @Override
    public void close() {
        if (!thread.close(STOP_LIMIT)) {
            DatabaseConnection waiting = connection;
            if (waiting != null) {
                waiting.abort();
                thread.close(STOP_LIMIT);
            }
        }
    }

    private long step() {
        // Threads that a driver starts inherit it. They must not keep the web application in memory.
        Thread.currentThread().setContextClassLoader(source.getClass().getClassLoader());
        if (midway) {
            disconnect();
        }
        if (thread.isClosed() || hub.drain().hasBegun()) {
            leave();
            return WorkerThread.IDLE;
        }
        midway = true;
        long next;
        try {
            OutboxSession open = connected();
            next = lease.isHeld() || steps.takeLease(open) ? relay(open) : watch();
            if (lease.isAlive()) {
                thereAgain();
            }
        } catch (LogUnavailableException | LimitReachedException failure) {
            next = logFailed(failure);
        } catch (SQLException failure) {
            next = databaseFailed(failure);
        } catch (RuntimeException failure) {
            next = failed(failure);
        }
        midway = false;
        return next;
    }

    private OutboxSession connected() throws SQLException {
        OutboxSession open = session;
        if (open == null) {
            var made = new DatabaseConnection(source);
            connection = made;
            open = OutboxSession.open(made, name, mostData);
            session = open;
        }
        return open;
    }

    private long relay(OutboxSession open) throws SQLException {
        if (!steps.publish(open)) {
            return LATE_ANSWER.toNanos();
        }
        boolean more = steps.advance(open);
        retry = FIRST_RETRY;
        if (more) {
            pause = FIRST_PAUSE;
            return 0;
        }
        Duration now = pause;
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        if (!open.isNotified()) {
            return now.toNanos();
        }
        open.await(now);
        return 0;
    }

    private long watch() {
        retry = FIRST_RETRY;
        return WATCH.toNanos();
    }

    private long logFailed(RuntimeException failure) {
        figures.logFailed();
        LOG.log(Level.DEBUG, "the rows of " + name + " wait, since the log cannot take them now", failure);
        return longer();
    }

    private long databaseFailed(SQLException failure) {
        disconnect();
        figures.databaseFailed();
        if (trouble.begin("the relay has not been able to use its database", failure.getMessage())) {
            LOG.log(
                    Level.WARNING,
                    LogLine.of("the relay cannot use its database, and tries again until it can")
                            .add("table", name)
                            .add("error", failure.getMessage()));
        }
        return longer();
    }

    /** Of the publishing, or of a driver. Nobody knows in what state they are. */
    private long failed(RuntimeException failure) {
        disconnect();
        if (trouble.begin("the relay has met failures", failure.toString())) {
            FailureLog.error(LOG, "the relay of " + name + " has met a failure and tries again", failure);
        }
        return longer();
    }

    /** Not for having looked alone: that a database lets be read says nothing of what it lets be written. */
    private void thereAgain() {
        if (trouble.end()) {
            LOG.log(Level.INFO, "nothing hinders the relay of " + name + " any more");
        }
    }

    private long longer() {
        Duration now = retry;
        retry = shorter(retry.multipliedBy(2), LONGEST_RETRY);
        return now.toNanos();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Nobody knows then who has the lease. If it is still this relay, it goes on as soon as it sees that. */
    private void disconnect() {
        OutboxSession open = session;
        forget();
        if (open != null) {
            open.abort();
        }
    }

    private void leave() {
        OutboxSession open = session;
        if (open == null) {
            forget();
            return;
        }
        try (open) {
            if (lease.isHeld()) {
                steps.leave(open);
            }
        } catch (SQLException failure) {
            LOG.log(Level.DEBUG, "the lease of " + name + " could not be left to another node", failure);
        } finally {
            forget();
        }
    }

    private void forget() {
        midway = false;
        session = null;
        steps.forget();
    }
}
