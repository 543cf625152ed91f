package dev.tidings.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.event.Event;
import dev.tidings.event.EventFrame;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import dev.tidings.hub.Start;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream at {@code /events}, with the events' own shared frames. One serves all streams of its kind.
 *
 * @see JsonFraming for {@code frame=json}
 */
public class EventsFraming implements Framing<byte[]> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] COMMENT = EventFrame.comment("");

    private final byte[] retry;
    private final JoinedFrames joined;

    /** @param retry how long the peer is told to wait before it reconnects */
    public EventsFraming(Duration retry) {
        this.retry = EventFrame.retry(retry.toMillis());
        this.joined = new JoinedFrames();
    }

    /** Shares what it writes with others of its kind. */
    EventsFraming(EventsFraming other) {
        this.retry = other.retry;
        this.joined = other.joined;
    }

    @Override
    public byte[] opening(Start start) {
        var bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(COMMENT);
        bytes.writeBytes(retry);
        bytes.writeBytes(EventFrame.idOnly(start.primed()));
        byte[] gap = start.gap() == null ? null : gap(start.gap());
        if (gap != null) {
            bytes.writeBytes(gap);
        }
        return bytes.toByteArray();
    }

    @Override
    public final byte[] events(List<Event> events) {
        if (events.size() == 1) {
            return event(events.get(0));
        }
        var frames = new byte[events.size()][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = event(events.get(i));
        }
        return joined.of(frames);
    }

    /** The frame of one event, shared. */
    byte[] event(Event event) {
        return event.frame();
    }

    @Override
    public byte @Nullable [] gap(Gap gap) {
        return EventFrame.event("gap", null, null, json(JsonMembers.of(gap)));
    }

    @Override
    public byte @Nullable [] expiring(Instant expires) {
        return EventFrame.event("expiring", null, null, json(Map.of("expires", expires.toString())));
    }

    @Override
    public byte[] heartbeat(Position reached) {
        byte[] id = EventFrame.idOnly(reached.toString());
        var bytes = new byte[COMMENT.length + id.length];
        System.arraycopy(COMMENT, 0, bytes, 0, COMMENT.length);
        System.arraycopy(id, 0, bytes, COMMENT.length, id.length);
        return bytes;
    }

    static String json(Map<String, ?> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
