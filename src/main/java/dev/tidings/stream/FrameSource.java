package dev.tidings.stream;

import static java.util.Objects.requireNonNull;

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
 * Gives the frames that one stream writes: its opening, its subscriber's events, and those that become due with time.
 *
 * <p><b>Threads.</b> Only the thread that writes the stream may call {@link #take} and {@link #takeFarewell}, one at a time, and only the timer
 * {@link #tick}. Any thread may call {@link #replaying} and {@link #renew}.
 *
 * @param <F> what is written at once, made by its {@link Framing}
 */
public final class FrameSource<F> implements FrameSupply<F> {

    /** How many bytes of events one write carries, unless a single event has more. */
    private static final int WRITE_BYTES = 64 * 1024;

    /** How many events one write carries, and how many a page of history has. */
    private static final int WRITE_EVENTS = 1_024;

    /**
     * For how many ticks of the timer a peer that needs a fresher position gets none. An event brings its position with it, so a
     * stream that gets one every so often is spared a second write. The first tick sees what was written, and the position
     * follows so many later, which is within a second.
     */
    private static final int TICKS_BEFORE_FRESHENING = 3;

    /** By how much those ticks may be short. */
    private static final Duration UNPUNCTUALITY = Duration.ofMillis(20);

    private final Subscriber subscriber;
    private final Framing<F> framing;
    private final TokenEnd tokenEnd;
    private final long heartbeatNanos;
    private final long freshenNanos;

    private volatile boolean opened;
    private volatile boolean caughtUpTold;
    private boolean farewellTaken;
    private volatile boolean heartbeatDue;
    private volatile boolean flowed;
    private volatile boolean positionSent;
    private volatile boolean unreadable;

    // The timer's own, by a clock that only goes forward.
    private long idleSince;

    /** When the peer was sent a position last, or was to be. */
    private long freshSince;

    /**
     * @param life how long the stream lives by its token
     * @param heartbeat how long it may be idle
     * @param now the time of day, by which the token expires
     * @param nanos the same moment by the clock of {@link #tick}
     */
    public FrameSource(
            Subscriber subscriber, Framing<F> framing, TokenLife life, Duration heartbeat, Instant now, long nanos) {
        this.subscriber = subscriber;
        this.framing = framing;
        this.tokenEnd = new TokenEnd(life);
        this.caughtUpTold = !framing.saysCaughtUp();
        this.heartbeatNanos = heartbeat.toNanos();
        this.freshenNanos = Streams.period(heartbeat)
                .multipliedBy(TICKS_BEFORE_FRESHENING)
                .minus(UNPUNCTUALITY)
                .toNanos();
        this.idleSince = nanos;
        this.freshSince = nanos;
        tokenEnd.look(now);
    }

    @Override
    public Subscriber subscriber() {
        return subscriber;
    }

    @Override
    public boolean isClient() {
        return true;
    }

    /** What is written last, if the subscriber has ended because the node stops; null if nothing is. Given once. */
    @Override
    public @Nullable F takeFarewell() {
        if (farewellTaken || subscriber.ended() != DisconnectReason.DRAINED) {
            return null;
        }
        farewellTaken = true;
        return framing.farewell();
    }

    @Override
    public boolean isOver() {
        return farewellTaken;
    }

    @Override
    public boolean sendsPositions() {
        return framing.sendsPositions();
    }

    @Override
    public boolean replaying() {
        return subscriber.replaying();
    }

    @Override
    public @Nullable F take() {
        boolean due = heartbeatDue;
        F next = next();
        if (next != null) {
            heartbeatDue = false;
            if (!due) {
                // The next heartbeat is due an interval after this one was due, not after it was written.
                flowed = true;
            }
        }
        return next;
    }

    /**
     * Replaces the token by another with this life. Any thread may call this.
     *
     * @return to be run when the next thing written tells of the renewal; until then the stream writes no notice of
     * the new end
     */
    public Runnable renew(TokenLife life) {
        return tokenEnd.renew(life);
    }

    /**
     * Whether {@link #take} may return more at once: the next page of history, even if the last page gave nothing,
     * events that did not fit into the last write, or a notice that could not go with it.
     */
    @Override
    public boolean hasMore() {
        return tokenEnd.noticeDue() || hasCaughtUp() || (!unreadable && (replaying() || subscriber.hasNews()));
    }

    @Override
    public boolean tick(Instant now, long nanos) {
        if (tokenEnd.revoked()) {
            subscriber.end(DisconnectReason.REVOKED);
            return true;
        }
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
        if (positionSent) {
            positionSent = false;
            freshSince = nanos;
        }
        return tokenEnd.noticeDue() || heartbeatDue || unreadable || hasCaughtUp() || isStale(nanos);
    }

    /** Whether the peer is to be told now that it has all that was stored when its stream began. */
    private boolean hasCaughtUp() {
        return !caughtUpTold && opened && subscriber.caughtUp() != null;
    }

    /** Whether the peer is to be sent a position now. Asked for rarely: beside a flood all quiet streams are stale all the time. */
    private boolean isStale(long nanos) {
        if (nanos - freshSince < freshenNanos || !subscriber.isStale()) {
            return false;
        }
        freshSince = nanos;
        return true;
    }

    /**
     * The frame that reports missed events which history no longer stores. A stream whose framing has no such frame
     * ends instead, unless they were erased: then it goes on.
     */
    private @Nullable F missed(Gap gap) {
        F said = framing.gap(gap);
        if (said == null && !gap.isErased()) {
            subscriber.end(DisconnectReason.SLOW);
        }
        return said;
    }

    private @Nullable F next() {
        if (!opened) {
            opened = true;
            positionSent = true;
            return framing.opening(subscriber.start());
        }
        Instant end = tokenEnd.takeNotice();
        F notice = end == null ? null : framing.expiring(end);
        if (notice == null && hasCaughtUp()) {
            caughtUpTold = true;
            notice = framing.caughtUp(requireNonNull(subscriber.caughtUp()));
        }
        if (notice != null) {
            return notice;
        }
        try {
            unreadable = false;
            Gap gap = subscriber.takeGap();
            F said = gap == null ? null : missed(gap);
            if (gap != null && (said != null || !gap.isErased())) {
                return said;
            }
            List<Event> events = subscriber.next(WRITE_EVENTS, WRITE_BYTES);
            if (!events.isEmpty()) {
                positionSent = true;
                return framing.events(events);
            }
        } catch (LogUnavailableException down) {
            // The stream stays open, and the timer repeats the attempt.
            unreadable = true;
        }
        if (heartbeatDue || (!unreadable && subscriber.isStale())) {
            positionSent = true;
            return framing.heartbeat(subscriber.reached());
        }
        return null;
    }
}
