package dev.tidings.http.stream;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.JsonMembers;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Gap;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Subscriber;
import dev.tidings.stream.FrameSupply;
import dev.tidings.stream.TokenLife;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the one answer to who reads once: the events that there are, as a JSON document.
 *
 * <p>It answers when it has as many events as were asked for, or {@value #MAX_BYTES} bytes of them, or all that there are. If
 * there are none, it waits for the first, for as long as was asked for. While it waits it gives a line end at each heartbeat,
 * which JSON allows before a document: so a peer that is gone is noticed, and no proxy takes the response for dead. If the
 * subscriber ends meanwhile, the answer has what there is.
 *
 * <p>{@code lastEventId} is the position up to which nothing is outstanding. The next answer goes on from there.
 *
 * <p><b>Threads.</b> As {@link FrameSupply} says.
 */
final class AnswerSource implements FrameSupply<byte[]> {

    /** How many bytes the events of an answer have in memory, unless a single one has more. */
    private static final long MAX_BYTES = 1 << 20;

    /** How long an answer that does not wait for events waits for a log that cannot be read. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final byte[] HEARTBEAT = "\n".getBytes(StandardCharsets.US_ASCII);

    private final Subscriber subscriber;
    private final int limit;
    private final long waitNanos;
    private final long heartbeatNanos;
    private final TokenLife life;
    private final long begun;

    private final List<Event> events = new ArrayList<>();
    private long bytes;
    private @Nullable Gap gap;
    private Position reached;
    private boolean isOver;

    private volatile boolean unreadable;
    private volatile boolean waitOver;
    private volatile boolean patienceOver;
    private volatile boolean heartbeatDue;

    /** The timer's own. */
    private long idleSince;

    /**
     * @param limit the most events, at least 1
     * @param wait how long to wait for the first event
     * @param heartbeat how long the response may be idle
     * @param life how long the token lives, by whose end the answer has to leave
     * @param nanos the time, by the clock of {@link #tick}
     */
    AnswerSource(Subscriber subscriber, int limit, Duration wait, Duration heartbeat, TokenLife life, long nanos) {
        this.subscriber = subscriber;
        this.limit = limit;
        this.waitNanos = wait.toNanos();
        this.heartbeatNanos = heartbeat.toNanos();
        this.life = life;
        this.begun = nanos;
        this.idleSince = nanos;
        this.waitOver = wait.isZero();
        this.gap = subscriber.start().gap();
        this.reached = subscriber.start().after();
    }

    @Override
    public Subscriber subscriber() {
        return subscriber;
    }

    @Override
    public boolean isClient() {
        return false;
    }

    /** The answer itself has one. */
    @Override
    public boolean sendsPositions() {
        return false;
    }

    @Override
    public boolean replaying() {
        return subscriber.replaying();
    }

    @Override
    public byte @Nullable [] take() {
        if (isOver) {
            return null;
        }
        collect();
        if (isComplete()) {
            return answer();
        }
        if (heartbeatDue) {
            heartbeatDue = false;
            return HEARTBEAT;
        }
        return null;
    }

    /** The answer with what there is, however the subscriber has ended. */
    @Override
    public byte @Nullable [] takeFarewell() {
        return isOver ? null : answer();
    }

    @Override
    public boolean hasMore() {
        return !isOver && (isComplete() || (!unreadable && hasNext()));
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public boolean tick(Instant now, long nanos) {
        if (life.revoked().getAsBoolean()) {
            subscriber.end(DisconnectReason.REVOKED);
            return true;
        }
        Instant ends = life.ends();
        if (ends != null && !now.isBefore(ends)) {
            subscriber.end(DisconnectReason.EXPIRED);
            return true;
        }
        waitOver = nanos - begun >= waitNanos;
        patienceOver = nanos - begun >= Math.max(waitNanos, PATIENCE_NANOS);
        if (nanos - idleSince >= heartbeatNanos) {
            idleSince = nanos;
            heartbeatDue = true;
        }
        return waitOver || heartbeatDue || unreadable;
    }

    private void collect() {
        if (isFull()) {
            return;
        }
        try {
            unreadable = false;
            Gap missed = subscriber.takeGap();
            gap = missed == null ? gap : missed;
            for (Event event : subscriber.next(limit - events.size(), MAX_BYTES - bytes)) {
                events.add(event);
                bytes += event.size();
                reached = event.position();
            }
        } catch (LogUnavailableException down) {
            // The timer repeats the attempt.
            unreadable = true;
        }
        Position now = subscriber.reached();
        if (subscriber.ended() == null) {
            // Of an ended one, events may have been dropped that were not taken.
            reached = now;
        }
    }

    private boolean isFull() {
        return events.size() >= limit || bytes >= MAX_BYTES;
    }

    private boolean hasNext() {
        return subscriber.replaying() || subscriber.hasNews();
    }

    private boolean isComplete() {
        if (isFull()) {
            return true;
        }
        if (unreadable) {
            return !events.isEmpty() || patienceOver;
        }
        if (isBehind() && !patienceOver) {
            return false;
        }
        return !hasNext() && (!events.isEmpty() || gap != null || waitOver);
    }

    /** Whether there may be events for it that were stored before it was asked for, and that are not delivered yet. */
    private boolean isBehind() {
        return subscriber.ended() == null && subscriber.caughtUp() == null;
    }

    private byte[] answer() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                "events",
                events.stream()
                        .map(event -> JsonMembers.of(event, subscriber.visibleTopics(event)))
                        .toList());
        answer.put("lastEventId", reached.toString());
        answer.put("more", subscriber.ended() == null && (hasNext() || isBehind()));
        if (gap != null) {
            answer.put("gap", JsonMembers.of(gap));
        }
        byte[] document = JsonAnswer.document(answer);
        isOver = true;
        return document;
    }
}
