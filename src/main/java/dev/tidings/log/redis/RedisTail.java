package dev.tidings.log.redis;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.WorkerThread;
import dev.tidings.log.RecentEvents;
import dev.tidings.logging.Logs;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisServers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what all nodes have appended, in its order, and hands it on: events to the listener, commands to the node.
 *
 * <p>One blocking read follows both streams, that of the events and that of the passing ones. A passing event says after which
 * event it came, and so the two are joined into one order, which is the same on every node.
 *
 * <p>A tail is never stuck in silence. A server that does not answer is left after seconds. A server that has less than the one
 * that this node appends to is left at once. If the log has lost what this node has seen, or history has passed it by, it begins
 * anew from the log's end, and the listener is told.
 *
 * <p>Over 300 lines, since all of this is one decision: what comes next.
 *
 * <p><b>Threads.</b> One of its own. Any thread may call {@link #timeline}, {@link #note}, {@link #seen} and {@link #deliverHere}.
 */
final class RedisTail implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(RedisTail.class);

    /** How long a server may take to answer, waiting for events included. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final RedisServers servers;
    private final LogScripts scripts;
    private final EntryReader reader;
    private final RecentEvents recent;
    private final PassingQueue passing;
    private final boolean skips;
    private final Outage outage;
    private final WorkerThread thread = new WorkerThread("tidings-delivery", WorkerThread.LONGEST_STEP, this::step);
    private final Queue<PublishRequest> here = new ConcurrentLinkedQueue<>();

    private LogListener listener = events -> {};
    private Consumer<byte[]> commands = command -> {};

    private volatile @Nullable Timeline timeline;
    private volatile @Nullable RedisConnection connection;
    private volatile boolean closed;

    /** Whether the log has lost something that this node has seen. */
    private volatile boolean lost;

    // Used by the thread alone.

    /** The sequence number of the last event that was handed on, and the birth of its life. */
    private long delivered;

    private long deliveredBirth;

    /** The number of the last passing event that was read, and the birth of its life. */
    private long passed;

    private long passedBirth;

    private final List<Event> batch = new ArrayList<>();
    private long pause = SHORTEST_PAUSE_NANOS;

    /** @param skips whether events of publishers may be passing ones */
    RedisTail(
            RedisServers servers,
            LogScripts scripts,
            LogKeys keys,
            RecentEvents recent,
            PassingQueue passing,
            boolean skips,
            Outage outage) {
        this.servers = servers;
        this.scripts = scripts;
        this.reader = new EntryReader(keys);
        this.recent = recent;
        this.passing = passing;
        this.skips = skips;
        this.outage = outage;
    }

    /** Begins to read. */
    void start(LogListener to, Consumer<byte[]> nodeCommands) {
        listener = to;
        commands = nodeCommands;
        thread.start();
    }

    /**
     * What this node has seen.
     *
     * @throws LogUnavailableException if the log has not been reached yet, or is just beginning anew
     */
    Timeline timeline() {
        Timeline present = timeline;
        if (present == null) {
            String fault = outage.fault();
            throw new LogUnavailableException(fault == null ? "the log has not been reached yet" : fault);
        }
        return present;
    }

    /** Whether the log has been reached. */
    boolean hasBegun() {
        return timeline != null;
    }

    /** The newest event that this node has seen; null if it has not reached the log. */
    @Nullable
    Position seen() {
        Timeline present = timeline;
        return present == null ? null : present.at(present.end());
    }

    /** Takes note of what the log is like. If it has lost something, the thread is to see to that at once. */
    void note(LogState state) {
        if (!lost && !goesOn(state)) {
            drop();
            // Otherwise it would pause, as when the server had dropped it.
            thread.wake();
        }
    }

    private boolean goesOn(LogState state) {
        Timeline present = timeline;
        if (present != null && !present.goOn(state)) {
            lost = true;
        }
        return !lost;
    }

    /** Gives a passing event to this node's subscribers, because Redis does not bring it. */
    void deliverHere(PublishRequest request) {
        here.add(request);
        thread.wake();
    }

    /** The thread that reads. */
    WorkerThread thread() {
        return thread;
    }

    @Override
    public void close() {
        closed = true;
        drop();
        thread.close();
    }

    private long step() {
        handOverHere();
        if (closed) {
            return WorkerThread.IDLE;
        }
        try {
            RedisConnection from = connected();
            Timeline present = timeline;
            if (present == null || lost) {
                begin(look(from));
                return 0;
            }
            read(from, present);
            pause = SHORTEST_PAUSE_NANOS;
            outage.end(this);
            return 0;
        } catch (LogUnavailableException fault) {
            drop();
            if (closed) {
                return WorkerThread.IDLE;
            }
            outage.begin(this, fault);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            return pause;
        }
    }

    private RedisConnection connected() {
        RedisConnection present = connection;
        if (present != null && servers.isRight(present)) {
            return present;
        }
        drop();
        RedisConnection next = servers.connect(ANSWER);
        connection = next;
        if (closed) {
            next.close();
            throw new LogUnavailableException("the log is closed");
        }
        goesOn(look(next));
        return next;
    }

    /** Goes on from the end of the log. Nothing can be read from before until all streams of before are ended. */
    private void begin(LogState state) {
        Timeline before = timeline;
        if (before != null) {
            LOG.log(
                    Level.WARNING,
                    (lost ? "Redis has lost events" : "History has passed by what this node had not read")
                            + ": this node knew of " + before.end() + " events, and the log has " + state.end()
                            + " now, of which those after " + state.start() + " are stored. All streams of this node"
                            + " end, and their clients are told of a gap. See \"What survives what\" in docs/scaling.md");
        }
        timeline = null;
        recent.clear();
        batch.clear();
        delivered = state.end();
        deliveredBirth = state.lives().present().epoch().birth();
        passed = state.passing();
        passedBirth = deliveredBirth;
        listener.begins(delivered);
        lost = false;
        timeline = new Timeline(state);
    }

    /** Asks the right server alone. One that was the primary takes for lost what it has never had. */
    private LogState look(RedisConnection from) {
        if (!servers.isRight(from)) {
            throw new LogUnavailableException("redis at " + from.server() + " is not the primary any more");
        }
        return scripts.look(from, seen());
    }

    private void read(RedisConnection from, Timeline present) {
        long known = present.end();
        EntryPage page = reader.read(from, deliveredBirth + "-" + delivered, passedBirth + "-" + passed);
        if (page == null) {
            if (known > delivered) {
                findMissing(from);
            }
        } else if (join(from, present, page)) {
            handOver(present);
        }
    }

    /** The log has more than this node has read, and yet there is nothing more to read. */
    private void findMissing(RedisConnection from) {
        LogState state = look(from);
        if (delivered >= state.start()) {
            throw new LogUnavailableException(
                    "redis at " + from.server() + " has less than the server that this node appends to");
        }
        // History has passed by what this node's streams have not had.
        begin(state);
    }

    /**
     * Joins the two streams into one order, as far as is known: what the read left out may belong in between.
     *
     * @return false if the log had to begin anew
     */
    private boolean join(RedisConnection from, Timeline present, EntryPage page) {
        int i = 0;
        int j = 0;
        long place = 0;
        while (true) {
            StreamEntry event = EntryPage.at(page.kept(), i);
            StreamEntry pass = EntryPage.at(page.passing(), j);
            if (pass != null) {
                place = pass.number("p");
            }
            if (pass != null && (event == null ? !page.mayLackKept() || place <= delivered : place < event.number())) {
                takePassing(from, present, pass);
                j++;
            } else if (event != null && (pass != null || !page.mayLackPassing() || event.number() <= place)) {
                if (!take(from, present, event)) {
                    return false;
                }
                i++;
            } else {
                return true;
            }
        }
    }

    private boolean take(RedisConnection from, Timeline present, StreamEntry entry) {
        Position position = present.state().lives().of(entry);
        if (position == null || entry.number() != delivered + 1) {
            handOver(present);
            LogState state = look(from);
            goesOn(state);
            position = present.state().lives().of(entry);
            if (lost || position == null || entry.number() != delivered + 1) {
                begin(state);
                return false;
            }
        }
        batch.add(entry.kept(position));
        delivered = entry.number();
        deliveredBirth = entry.birth();
        return true;
    }

    private void takePassing(RedisConnection from, Timeline present, StreamEntry entry) {
        boolean follows = entry.birth() == passedBirth ? entry.number() == passed + 1 : entry.number() == 1;
        if (!follows) {
            handOver(present);
            // What is missing may be the command to forget.
            recent.clear();
            listener.missed(skips);
            LogState state = look(from);
            goesOn(state);
            if (!state.hasPassing(entry)) {
                // No hub has written it. The script has deleted it, and what hubs write now has lower ids.
                passed = state.passing();
                passedBirth = state.lives().present().epoch().birth();
                return;
            }
        }
        passed = entry.number();
        passedBirth = entry.birth();
        String name = entry.text("n");
        byte[] command = entry.value("c");
        if (command != null) {
            handOver(present);
            commands.accept(command);
        } else if (entry.value("m") != null) {
            if (passing.isMissedHere(name)) {
                handOver(present);
                listener.missed(false);
            }
        } else if (!passing.wasDeliveredHere(name)) {
            batch.add(entry.passing(present.at(delivered)));
        }
    }

    private void handOver(Timeline present) {
        if (batch.isEmpty()) {
            return;
        }
        List<Event> events = List.copyOf(batch);
        batch.clear();
        recent.add(events);
        present.reach(delivered);
        listener.accepted(events);
    }

    private void handOverHere() {
        Timeline present = timeline;
        for (PublishRequest next = here.poll(); next != null; next = here.poll()) {
            if (present != null) {
                listener.accepted(List.of(Event.passing(present.at(delivered), next, Instant.now())));
            }
        }
    }

    private void drop() {
        RedisConnection present = connection;
        connection = null;
        if (present != null) {
            present.close();
        }
    }
}
