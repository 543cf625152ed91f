package dev.tidings.log.redis;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.hub.Positions;
import dev.tidings.hub.Stored;
import dev.tidings.hub.WorkerThread;
import dev.tidings.log.ErasureScan;
import dev.tidings.log.GroupCommit;
import dev.tidings.log.LogPositions;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Retention;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in Redis, or Valkey, that many nodes share. All of them have one order, one history and the same positions.
 *
 * <p>{@link #append} returns when Redis has answered, and a replica or a disk where that is asked for. How safe an event is then
 * is Redis's own matter. If Redis loses events, clients that have seen more than it has are told of a gap.
 *
 * <p>Redis may be away, also when the node starts. Then appends are refused, streams stay open, passing events reach this node's
 * subscribers, and what was delivered lately is replayed from memory. When Redis is back, every stream gets what the other nodes
 * have published meanwhile.
 *
 * <p>Over 300 lines, since it is the front of all that makes such a log.
 *
 * <p><b>Threads.</b> As {@link EventLog} says. One thread, {@code tidings-log}, appends, and one, {@code tidings-delivery}, reads.
 * A few connections more are shared by those who replay what is no longer in memory.
 */
public final class RedisLog implements EventLog {

    /** How long Redis has to be away until publishers are refused at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Retention retention;
    private final Confirmation confirmation;
    private final LogScripts scripts;
    private final Outage outage = new Outage();
    private final RecentEvents recent;
    private final PassingQueue passing;
    private final RedisTail tail;
    private final RedisWriter writer;
    private final GroupCommit commits;
    private final StoredHistory stored;
    /** How old what is said of the stored events may be. */
    private static final Duration STORED_AGE = Duration.ofSeconds(2);

    private final Forgetting forgetting;
    private final Object erasing = new Object();

    private volatile Consumer<byte[]> commands = command -> {};

    /**
     * A log that looks for its Redis from now on.
     *
     * @param hub the name of the hub among those that share a Redis
     * @param clock tells when events are accepted; null for the server's own clock, which all nodes share
     * @param wait how publishers wait for Redis
     */
    public RedisLog(
            RedisServers servers,
            String hub,
            Retention retention,
            Confirmation confirmation,
            @Nullable Clock clock,
            BoundedWait wait) {
        String name = UUID.randomUUID().toString();
        this.retention = retention;
        this.confirmation = confirmation;
        var keys = new LogKeys(hub);
        this.scripts = new LogScripts(keys, name, retention, clock);
        this.recent = new RecentEvents(retention);
        this.forgetting = new Forgetting(recent, wait);
        this.passing = new PassingQueue(name);
        this.tail = new RedisTail(servers, scripts, keys, recent, passing, retention.skipsAny(), outage);
        this.stored = new StoredHistory(servers, scripts, keys, wait.limit());
        this.writer = new RedisWriter(servers, scripts, retention, tail, passing, confirmation, outage, wait.limit());
        this.commits = new GroupCommit(writer, "Redis", wait);
    }

    /** The name of one of the keys of a hub, by whose hash tag a cluster finds the server of all. */
    public static String anyKey(String hub) {
        return LogKeys.any(hub);
    }

    /** What a history of these bounds takes in this node's memory at most, in bytes. */
    public static long memory(int events, long bytes) {
        return RecentEvents.memory(events, bytes);
    }

    @Override
    public void check(PublishRequest request) {
        Position position = request.id() == null ? null : Position.parse(request.id());
        if (position != null
                && tail.hasBegun()
                && tail.timeline().state().lives().have(position.epoch())) {
            throw LogPositions.refusal();
        }
    }

    @Override
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        requests.forEach(this::check);
        tail.timeline();
        // That of the tail ends later, when the first read has returned.
        String fault = outage.fault(writer);
        if (fault != null && outage.lasts().compareTo(PATIENCE) > 0) {
            throw new LogUnavailableException(fault);
        }
        return commits.append(requests, once);
    }

    @Override
    public void pass(PublishRequest request) {
        passing.add(request);
        commits.hurry();
    }

    /** Sends a command to all nodes, this one included, in the order of the passing events. Never waits and never fails. */
    public void command(byte[] command) {
        passing.addCommand(command);
        commits.hurry();
    }

    /** Sets who takes the commands, on the thread that delivers, and so must not wait. Those that come before are dropped. */
    public void onCommand(Consumer<byte[]> taker) {
        commands = taker;
    }

    @Override
    public @Nullable List<Event> readAfter(long sequence, int maxEvents, long maxBytes) {
        Timeline timeline = tail.timeline();
        if (sequence < fresh(timeline).start()) {
            return null;
        }
        if (sequence >= timeline.end()) {
            return List.of();
        }
        List<Event> page = recent.after(sequence, maxEvents, maxBytes);
        if (page == null) {
            page = stored.after(timeline.state().lives(), sequence, maxEvents, maxBytes);
        }
        if (page.isEmpty()) {
            // It is gone since this node last looked.
            look();
            return null;
        }
        return page;
    }

    @Override
    public @Nullable Position find(String id) {
        Timeline timeline = tail.timeline();
        Position position = Position.parse(id);
        if (position != null && isRecent(position, timeline)) {
            return position;
        }
        LogState state = look();
        if (position != null && state.lives().have(position.epoch())) {
            return state.reaches(position) ? position : null;
        }
        Long sequence = stored.sequence(id, state.start());
        return sequence == null || !state.lives().isWholeAfter(sequence)
                ? null
                : state.lives().at(sequence);
    }

    @Override
    public Map<String, Position> findAll(List<String> ids) {
        var found = new HashMap<String, Position>();
        var ofPublishers = new ArrayList<String>();
        for (String id : ids) {
            Position position = Position.parse(id) == null ? null : find(id);
            if (position != null) {
                found.put(id, position);
            } else {
                ofPublishers.add(id);
            }
        }
        LogState state = look();
        stored.sequences(ofPublishers, state.start()).forEach((id, sequence) -> {
            if (state.lives().isWholeAfter(sequence)) {
                found.put(id, state.lives().at(sequence));
            }
        });
        return found;
    }

    @Override
    public void confirm() {
        if (!confirmation.commands().isEmpty()) {
            // To append nothing is a write, too. What confirms it confirms all that was written before.
            append(List.of(), null);
        }
    }

    @Override
    public int erase(Erasure erasure) {
        synchronized (erasing) {
            List<Event> remains = ErasureScan.remains(this, erasure);
            try {
                if (!remains.isEmpty()) {
                    stored.erase(tail.timeline().state().lives(), remains);
                }
            } finally {
                // Also if there is nothing: an erasure before may have failed after Redis had forgotten, and before all
                // nodes had.
                forgetting.everywhere(this::command);
            }
            return remains.size();
        }
    }

    @Override
    public long erasures() {
        return forgetting.times();
    }

    @Override
    public Positions positions() {
        return tail.timeline();
    }

    @Override
    public Position start() {
        Timeline timeline = tail.timeline();
        return timeline.at(fresh(timeline).start());
    }

    @Override
    public Position soonEvicted() {
        Timeline timeline = tail.timeline();
        LogState state = timeline.state();
        return timeline.at(Math.max(Math.max(state.start(), state.middle()), timeline.end() - retention.events() / 2));
    }

    @Override
    public Position end() {
        Timeline timeline = tail.timeline();
        return timeline.at(timeline.end());
    }

    /** As this node has heard it last. It asks if that was a while ago, unless Redis is away. */
    @Override
    public Stored stored() {
        Timeline timeline = tail.timeline();
        LogState state = timeline.state();
        if (outage.fault() == null && scripts.now(state) - state.now() > STORED_AGE.toMillis()) {
            state = look();
        }
        Instant oldest = state.oldest() == 0 ? null : Instant.ofEpochMilli(state.oldest());
        return new Stored(timeline.end() - state.start(), state.bytes(), oldest);
    }

    @Override
    public @Nullable String fault() {
        String fault = outage.fault();
        if (fault != null) {
            return fault;
        }
        for (WorkerThread thread : threads()) {
            if (!thread.isAlive()) {
                return "the log does not work: the thread " + thread.name() + " does not run";
            }
        }
        return tail.hasBegun() ? null : "the log has not been reached yet";
    }

    @Override
    public List<WorkerThread> threads() {
        return List.of(tail.thread(), commits.thread());
    }

    @Override
    public void follow(LogListener listener) {
        tail.start(listener, command -> {
            if (!forgetting.take(command)) {
                commands.accept(command);
            }
        });
    }

    /** Stops the log. What waits to be appended is tried once more. */
    @Override
    public void close() {
        writer.finish();
        commits.close();
        writer.close();
        tail.close();
        stored.close();
    }

    /** Whether everything after this position is in memory, and not too old. */
    private boolean isRecent(Position position, Timeline timeline) {
        LogState state = timeline.state();
        return state.lives().holds(position, timeline.end())
                && position.sequence() >= state.start()
                && !isExpired(state)
                && recent.reaches(position.sequence());
    }

    /** The state of the log, with nothing in it that is too old. */
    private LogState fresh(Timeline timeline) {
        LogState state = timeline.state();
        return isExpired(state) ? look() : state;
    }

    private boolean isExpired(LogState state) {
        return state.oldest() > 0
                && state.oldest() < scripts.now(state) - retention.age().toMillis();
    }

    private LogState look() {
        LogState state = stored.look(tail.seen());
        tail.note(state);
        return state;
    }
}
