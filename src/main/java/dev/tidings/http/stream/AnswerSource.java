package dev.tidings.http.stream;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.http.Json;
import dev.tidings.http.JsonMembers;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Gap;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Subscriber;
import dev.tidings.stream.FrameSupply;
import dev.tidings.stream.SharedFrames;
import dev.tidings.stream.TokenLife;
import java.io.ByteArrayOutputStream;
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
 * <p>It is written in pieces. So a peer that does not read holds one of them, or an event that others hold, too.
 *
 * <p>{@code lastEventId} is the position up to which nothing is outstanding. The next answer goes on from there.
 *
 * <p><b>Threads.</b> As {@link FrameSupply} says.
 */
final class AnswerSource implements FrameSupply<byte[]> {

    /** How many bytes the events of an answer have in memory, unless a single one has more: as many as one write of a stream. */
    private static final long MAX_BYTES = 64 * 1024;

    /** From this size on an event's JSON is written by itself, so that all who wait for their peers share it. */
    private static final int LARGE = 32 * 1024;

    private static final int PIECE_BYTES = 64 * 1024;

    /** How long an answer that does not wait for events waits for a log that cannot be read. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final byte[] BEGINNING = "{\"events\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEARTBEAT = "\n".getBytes(StandardCharsets.US_ASCII);

    private final Subscriber subscriber;
    private final SharedFrames<byte[]> documents;
    private final int limit;
    private final long waitNanos;
    private final long heartbeatNanos;
    private final TokenLife life;
    private final long begun;

    private final List<Event> events = new ArrayList<>();
    private long bytes;
    private @Nullable Gap gap;
    private Position reached;

    // The answer itself, once it is complete.
    private boolean answering;
    private boolean headWritten;
    private boolean more;
    private boolean commaDue;
    private int written;
    private boolean isOver;

    private volatile boolean unreadable;
    private volatile boolean waitOver;
    private volatile boolean patienceOver;
    private volatile boolean heartbeatDue;

    /** The timer's own. */
    private long idleSince;

    /**
     * @param documents the JSON of events, shared by all answers
     * @param limit the most events, at least 1
     * @param wait how long to wait for the first event
     * @param heartbeat how long the response may be idle
     * @param life how long the token lives, by whose end the answer has to leave
     * @param nanos the time, by the clock of {@link #tick}
     */
    AnswerSource(
            Subscriber subscriber,
            SharedFrames<byte[]> documents,
            int limit,
            Duration wait,
            Duration heartbeat,
            TokenLife life,
            long nanos) {
        this.subscriber = subscriber;
        this.documents = documents;
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
        if (!answering) {
            collect();
            if (isComplete()) {
                begin();
            }
        }
        if (answering) {
            return piece();
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
        if (isOver) {
            return null;
        }
        if (!answering) {
            begin();
        }
        var rest = new ByteArrayOutputStream();
        while (!isOver) {
            rest.writeBytes(piece());
        }
        return rest.toByteArray();
    }

    @Override
    public boolean hasMore() {
        return !isOver && (answering || isComplete() || (!unreadable && hasNext()));
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

    private void begin() {
        answering = true;
        more = subscriber.ended() == null && (hasNext() || isBehind());
    }

    /** The next part of the document. */
    private byte[] piece() {
        var piece = new ByteArrayOutputStream();
        if (!headWritten) {
            headWritten = true;
            piece.writeBytes(BEGINNING);
        }
        for (; written < events.size(); written++) {
            Event event = events.get(written);
            byte[] document = documents.of(event, subscriber.visibleTopics(event));
            if (commaDue) {
                piece.write(',');
                commaDue = false;
            }
            if (document.length >= LARGE && piece.size() > 0 || piece.size() >= PIECE_BYTES) {
                return piece.toByteArray();
            }
            commaDue = true;
            if (document.length >= LARGE) {
                written++;
                return document;
            }
            piece.writeBytes(document);
        }
        piece.writeBytes(end());
        isOver = true;
        return piece.toByteArray();
    }

    private byte[] end() {
        var end = new LinkedHashMap<String, Object>();
        end.put("lastEventId", reached.toString());
        end.put("more", more);
        if (gap != null) {
            end.put("gap", JsonMembers.of(gap));
        }
        return ("]," + Json.text(end).substring(1) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** The JSON of an event with those of its topics that are seen. */
    static byte[] document(Event event, List<String> topics) {
        return Json.text(JsonMembers.of(event, topics)).getBytes(StandardCharsets.UTF_8);
    }
}
