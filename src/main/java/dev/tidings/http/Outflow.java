package dev.tidings.http;

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
public final class Outflow<F> {

    /** How many bytes of events one write carries, unless a single event has more. */
    private static final int WRITE_BYTES = 64 * 1024;

    /** How many events one write carries, and how many a page of history has. */
    private static final int WRITE_EVENTS = 1_024;

    /** How often it is looked whether the peer should hear of a fresher position, at most. */
    private static final Duration FRESHEN = Duration.ofSeconds(1);

    /** How long before its token expires a stream says so. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final Subscriber subscriber;
    private final Framing<F> framing;
    private final Duration heartbeat;

    private boolean opened;
    private volatile @Nullable Instant ends;
    private volatile boolean heartbeatDue;
    private volatile boolean noticeDue;
    private volatile boolean flowed;
    private volatile boolean unreadable;

    // The timer's own.
    private Instant idleSince;
    private Instant looked;
    private volatile @Nullable Instant noticed;

    /**
     * @param ends when the stream has to end with its token, or null
     * @param heartbeat how long it may be idle
     */
    public Outflow(Subscriber subscriber, Framing<F> framing, @Nullable Instant ends, Duration heartbeat, Instant now) {
        this.subscriber = subscriber;
        this.framing = framing;
        this.ends = ends;
        this.heartbeat = heartbeat;
        this.idleSince = now;
        this.looked = now;
        noticeExpiry(now);
    }

    /** Whose events it says. */
    public Subscriber subscriber() {
        return subscriber;
    }

    /** Whether it comes from history now, so that it should not hold up the streams that are live. */
    public boolean replaying() {
        return subscriber.replaying();
    }

    /** What to write next, shared and not to be changed; null when there is nothing now. */
    public @Nullable F take() {
        F next = next();
        if (next != null) {
            flowed = true;
            heartbeatDue = false;
        }
        return next;
    }

    /** Has it end with another token than before, or never where that is null. Any thread may call this. */
    public void renew(@Nullable Instant newEnd) {
        ends = newEnd;
    }

    /**
     * Whether {@link #take} may have more to give at once: the next page of history, even where the last one gave
     * nothing, what did not fit into the last write, or what could not be said with it.
     */
    public boolean hasMore() {
        return noticeDue || (!unreadable && (replaying() || subscriber.hasNews()));
    }

    /**
     * Looks at the time.
     *
     * @return whether something has become due, so that the stream should be written to
     */
    public boolean tick(Instant now) {
        Instant end = ends;
        if (end != null && !now.isBefore(end)) {
            subscriber.end(DisconnectReason.EXPIRED);
            return true;
        }
        noticeExpiry(now);
        if (flowed || now.isBefore(idleSince)) {
            flowed = false;
            idleSince = now;
        } else if (!now.isBefore(idleSince.plus(heartbeat))) {
            idleSince = now;
            heartbeatDue = true;
        }
        return noticeDue || heartbeatDue || unreadable || isStale(now);
    }

    /** Rarely, since beside a flood all that are quiet become stale at once, and again and again. */
    private boolean isStale(Instant now) {
        if (!now.isBefore(looked) && now.isBefore(looked.plus(FRESHEN))) {
            return false;
        }
        looked = now;
        return subscriber.stale();
    }

    private void noticeExpiry(Instant now) {
        Instant end = ends;
        if (end != null && !end.equals(noticed) && !now.isBefore(end.minus(NOTICE))) {
            noticed = end;
            noticeDue = true;
        }
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
        if (noticeDue) {
            noticeDue = false;
            Instant end = ends;
            // The timer may have noticed the end of a token that was renewed meanwhile.
            F notice = end != null && end.equals(noticed) ? framing.expiring(end) : null;
            if (notice != null) {
                return notice;
            }
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
        if (heartbeatDue || (!unreadable && subscriber.stale())) {
            return framing.heartbeat(subscriber.reached());
        }
        return null;
    }
}
