package dev.tidings.log.redis;

import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.GroupWriter;
import dev.tidings.log.PendingAppend;
import dev.tidings.log.Retention;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisRefusedException;
import dev.tidings.redis.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Appends what publishers wait for, with the passing events of this node, by one call of the script for many of them.
 *
 * <p>A call whose answer is lost is sent again under the same number, and is done once. So a connection that is cut, or a server
 * that is restarted at once, costs publishers a moment. After the limit they are told that nobody knows.
 *
 * <p>While nobody publishes, the log is looked at every second: whether it is there, and whether it still has what this node has
 * seen.
 *
 * <p><b>Threads.</b> One, but for {@link #finish} and {@link #close}.
 */
final class RedisWriter implements GroupWriter, AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long Redis has to be away until this node's subscribers get its passing events without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long a server may take to answer. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** A server that says so may be another one by now, or becomes able again: the call is sent again. */
    private static final Set<String> FOR_NOW = Set.of(
            "READONLY",
            "MOVED",
            "ASK",
            "TRYAGAIN",
            "CLUSTERDOWN",
            "LOADING",
            "MASTERDOWN",
            "UNBLOCKED",
            "BUSY",
            "NOAUTH");

    private final RedisServers servers;
    private final LogScripts scripts;
    private final Retention retention;
    private final RedisTail tail;
    private final PassingQueue passing;
    private final Confirmation confirmation;
    private final Outage outage;
    private final Duration limit;

    private volatile @Nullable RedisConnection connection;
    private volatile boolean closed;

    /** Whether the server refuses to append, or nobody confirms it, although the server answers. */
    private boolean refusing;

    private long calls;
    private long pause = SHORTEST_PAUSE_NANOS;

    /** @param limit how long a call is tried again */
    RedisWriter(
            RedisServers servers,
            LogScripts scripts,
            Retention retention,
            RedisTail tail,
            PassingQueue passing,
            Confirmation confirmation,
            Outage outage,
            Duration limit) {
        this.servers = servers;
        this.scripts = scripts;
        this.retention = retention;
        this.tail = tail;
        this.passing = passing;
        this.confirmation = confirmation;
        this.outage = outage;
        this.limit = limit;
    }

    @Override
    public void write(List<PendingAppend> group) {
        append(group);
    }

    @Override
    public long maintain() {
        if (connection == null && !connect()) {
            return pause;
        }
        if (passing.isEmpty() && !refusing) {
            return look() ? LOOK_NANOS : pause;
        }
        append(List.of());
        return refusing ? LOOK_NANOS : 0;
    }

    /** Whatever fails from now on is not tried again. */
    void finish() {
        closed = true;
    }

    /** Ends a call that waits. */
    @Override
    public void close() {
        finish();
        drop();
    }

    private void append(List<PendingAppend> group) {
        var call = new AppendCall(++calls, passing.take(), group, retention);
        long giveUp = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                send(call);
                return;
            } catch (RedisRefusedException refused) {
                if (!FOR_NOW.contains(refused.code())) {
                    refusing = true;
                    outage.begin(this, refused);
                    call.refuse(new LogUnavailableException("Redis refuses: " + refused.getMessage(), refused));
                    passing.refused(tail::deliverHere);
                    return;
                }
                away(refused);
            } catch (LogUnavailableException lost) {
                away(lost);
            }
            if (closed || System.nanoTime() - giveUp > 0) {
                call.refuse(new LogUnavailableException("Redis has not answered"));
                passing.lost();
                return;
            }
            LockSupport.parkNanos(pause);
        }
    }

    private void send(AppendCall call) {
        RedisConnection to = connected();
        LogScripts.Answer answer = scripts.append(to, call, tail.seen(), confirmation);
        passing.sent();
        tail.note(LogState.of(answer.lines()));
        if (answer.confirmed()) {
            call.answer(answer.lines());
            there();
        } else {
            var missing = new LogUnavailableException(confirmation.missing("an event"));
            refusing = true;
            outage.begin(this, missing);
            call.refuse(missing);
        }
    }

    private boolean look() {
        try {
            tail.note(scripts.look(connected(), tail.seen()));
            there();
            return true;
        } catch (LogUnavailableException fault) {
            away(fault);
            return false;
        }
    }

    private boolean connect() {
        try {
            connected();
            return true;
        } catch (LogUnavailableException fault) {
            away(fault);
            return false;
        }
    }

    private RedisConnection connected() {
        RedisConnection present = connection;
        if (present != null && servers.isRight(present)) {
            return present;
        }
        drop();
        RedisConnection next = servers.connect(ANSWER.plus(confirmation.limit()));
        try {
            confirmation.requireSupport(next);
        } catch (RuntimeException refused) {
            next.close();
            throw refused;
        }
        connection = next;
        if (closed) {
            drop();
            throw new LogUnavailableException("the log is closed");
        }
        return next;
    }

    private void there() {
        pause = SHORTEST_PAUSE_NANOS;
        refusing = false;
        outage.end(this);
    }

    private void away(LogUnavailableException fault) {
        drop();
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        if (closed) {
            return;
        }
        outage.begin(this, fault);
        if (outage.lasts().compareTo(PATIENCE) > 0) {
            passing.deliverHere(tail::deliverHere);
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
