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
 * {@link #tick} to the timer. {@link #replaying} is for any.
 */
final class Outflow {

    /** How many bytes of events one write carries, unless a single event has more. */
    private static final int WRITE_BYTES = 64 * 1024;

    /** How many events one write carries, and how many a page of history has. */
    private static final int WRITE_EVENTS = 1_024;

    /** How long before its token expires a stream says so. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final Subscriber subscriber;
    private final Framing framing;
    private final @Nullable Instant expires;
    private final Duration heartbeat;

    private boolean opened;
    private volatile boolean heartbeatDue;
    private volatile boolean noticeDue;
    private volatile boolean flowed;
    private volatile boolean unreadable;

    // The timer's own.
    private Instant idleSince;
    private boolean noticed;

    /**
     * @param expires when the stream has to end with its token, or null
     * @param heartbeat how long it may be idle
     */
    Outflow(Subscriber subscriber, Framing framing, @Nullable Instant expires, Duration heartbeat, Instant now) {
        this.subscriber = subscriber;
        this.framing = framing;
        this.expires = expires;
        this.heartbeat = heartbeat;
        this.idleSince = now;
        noticeExpiry(now);
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** Whether it comes from history now, so that it should not hold up the streams that are live. */
    boolean replaying() {
        return subscriber.replaying();
    }

    /** The next bytes to write, shared and not to be changed; null when there is nothing now. */
    byte @Nullable [] take() {
        byte[] bytes = next();
        if (bytes != null) {
            flowed = true;
            heartbeatDue = false;
        }
        return bytes;
    }

    /** Whether {@link #take} may have more although it just gave nothing: the next page of history. */
    boolean hasMore() {
        return replaying() && !unreadable;
    }

    /**
     * Looks at the time.
     *
     * @return whether something has become due, so that the stream should be written to
     */
    boolean tick(Instant now) {
        if (expires != null && !now.isBefore(expires)) {
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
        return noticeDue || heartbeatDue || unreadable;
    }

    private void noticeExpiry(Instant now) {
        if (expires != null && !noticed && !now.isBefore(expires.minus(NOTICE))) {
            noticed = true;
            noticeDue = true;
        }
    }

    private byte @Nullable [] next() {
        if (!opened) {
            opened = true;
            return framing.opening(subscriber.start());
        }
        if (noticeDue && expires != null) {
            noticeDue = false;
            byte[] notice = framing.expiring(expires);
            if (notice != null) {
                return notice;
            }
        }
        try {
            unreadable = false;
            Gap gap = subscriber.takeGap();
            byte[] missed = gap == null ? null : framing.gap(gap);
            if (missed != null) {
                return missed;
            }
            List<Event> events = subscriber.next(WRITE_EVENTS, WRITE_BYTES);
            if (!events.isEmpty()) {
                return joined(events);
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

    private byte[] joined(List<Event> events) {
        if (events.size() == 1) {
            return framing.event(events.get(0));
        }
        var frames = new byte[events.size()][];
        int length = 0;
        for (int i = 0; i < frames.length; i++) {
            frames[i] = framing.event(events.get(i));
            length += frames[i].length;
        }
        var bytes = new byte[length];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, bytes, at, frame.length);
            at += frame.length;
        }
        return bytes;
    }
}
