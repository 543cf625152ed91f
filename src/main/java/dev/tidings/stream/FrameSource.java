package dev.tidings.stream;

import dev.tidings.event.Event;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Gap;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has to say next: its opening, its subscriber's events, and what time asks for.
 *
 * <p><b>Threads.</b> {@link #take} belongs to whoever writes the stream, one thread at a time;
 * {@link #tick} to the timer. {@link #replaying} and {@link #renew} are for any.
 *
 * @param <F> what is written at once, as its {@link Framing} makes it
 */
public final class FrameSource<F> {

    /** How many bytes of events one write carries, unless a single event has more. */
    private static final int WRITE_BYTES = 64 * 1024;

    /** How many events one write carries, and how many a page of history has. */
    private static final int WRITE_EVENTS = 1_024;

    /** How often it is looked whether the peer should hear of a fresher position, at most. */
    private static final long FRESHEN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Subscriber subscriber;
    private final Framing<F> framing;
    private final TokenEnd tokenEnd;
    private final long heartbeatNanos;

    private boolean opened;
    private volatile boolean heartbeatDue;
    private volatile boolean flowed;
    private volatile boolean unreadable;

    // The timer's own, by a clock that only goes forward.
    private long idleSince;
    private long looked;

    /**
     * @param ends when the stream has to end with its token, or null
     * @param heartbeat how long it may be idle
     * @param now the time of day, by which the token expires
     * @param nanos the same moment by the clock that {@link #tick} is told of
     */
    public FrameSource(
            Subscriber subscriber,
            Framing<F> framing,
            @Nullable Instant ends,
            Duration heartbeat,
            Instant now,
            long nanos) {
        this.subscriber = subscriber;
        this.framing = framing;
        this.tokenEnd = new TokenEnd(ends);
        this.heartbeatNanos = heartbeat.toNanos();
        this.idleSince = nanos;
        this.looked = nanos;
        tokenEnd.look(now);
    }

    /** Whose events it says. */
    public Subscriber subscriber() {
        return subscriber;
    }

    /** Whether its peer hears of positions between events. */
    public boolean sendsPositions() {
        return framing.sendsPositions();
    }

    /** Whether it comes from history now, so that it should not hold up the streams that are live. */
    public boolean replaying() {
        return subscriber.replaying();
    }

    /** What to write next, shared and not to be changed; null when there is nothing now. */
    public @Nullable F take() {
        boolean due = heartbeatDue;
        F next = next();
        if (next != null) {
            heartbeatDue = false;
            if (!due) {
                // After a heartbeat the next is due so long after the one before, and not after it was written.
                flowed = true;
            }
        }
        return next;
    }

    /**
     * Has it end with another token than before, or never where that is null. Any thread may call this.
     *
     * @return to be run when what is written next says that the token was renewed; until then nothing is said of its end
     */
    public Runnable renew(@Nullable Instant newEnd) {
        return tokenEnd.renew(newEnd);
    }

    /**
     * Whether {@link #take} may have more to give at once: the next page of history, even where the last one gave
     * nothing, what did not fit into the last write, or what could not be said with it.
     */
    public boolean hasMore() {
        return tokenEnd.noticeDue() || (!unreadable && (replaying() || subscriber.hasNews()));
    }

    /**
     * Looks at the time.
     *
     * @param now the time of day
     * @param nanos the same moment by a clock that only goes forward, as {@link System#nanoTime}
     * @return whether something has become due, so that the stream should be written to
     */
    public boolean tick(Instant now, long nanos) {
        if (tokenEnd.passed(now)) {
            subscriber.end(DisconnectReason.EXPIRED);
            return true;
        }
        tokenEnd.look(now);
        if (flowed) {
            flowed = false;
            idleSince = nanos;
        } else if (nanos - idleSince >= heartbeatNanos) {
            idleSince = nanos;
            heartbeatDue = true;
        }
        return tokenEnd.noticeDue() || heartbeatDue || unreadable || isStale(nanos);
    }

    /** Rarely, since beside a flood all that are quiet become stale at once, and again and again. */
    private boolean isStale(long nanos) {
        if (nanos - looked < FRESHEN_NANOS) {
            return false;
        }
        looked = nanos;
        return subscriber.isStale();
    }

    /** What says that events were missed which no history holds. Where nothing can, the stream ends instead. */
    private @Nullable F missed(Gap gap) {
        F said = framing.gap(gap);
        if (said == null) {
            subscriber.end(DisconnectReason.SLOW);
        }
        return said;
    }

    private @Nullable F next() {
        if (!opened) {
            opened = true;
            return framing.opening(subscriber.start());
        }
        Instant end = tokenEnd.takeNotice();
        F notice = end == null ? null : framing.expiring(end);
        if (notice != null) {
            return notice;
        }
        try {
            unreadable = false;
            Gap gap = subscriber.takeGap();
            if (gap != null) {
                return missed(gap);
            }
            List<Event> events = subscriber.next(WRITE_EVENTS, WRITE_BYTES);
            if (!events.isEmpty()) {
                return framing.events(events);
            }
        } catch (LogUnavailableException down) {
            // The stream stays open, and the timer has it tried again.
            unreadable = true;
        }
        if (heartbeatDue || (!unreadable && subscriber.isStale())) {
            return framing.heartbeat(subscriber.reached());
        }
        return null;
    }
}
