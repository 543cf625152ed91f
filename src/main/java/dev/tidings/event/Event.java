package dev.tidings.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher said and the log accepted: immutable, with its place in the log's order.
 *
 * <p>Only a log makes events, from a {@link PublishRequest}: accepting it gives the id, the position
 * and the time. All readers of an event share its one encoded {@link #frame}.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Event {

    /** What an event costs beside its text: the object, its position, list and array headers. */
    private static final int OVERHEAD = 256;

    private final Position position;
    private final boolean passing;
    private final String id;
    private final PublishRequest request;
    private final Instant time;
    private final int size;
    private volatile byte @Nullable [] frame;

    private Event(Position position, boolean passing, String id, PublishRequest request, Instant time) {
        this.position = position;
        this.passing = passing;
        this.id = id;
        this.request = request;
        this.time = time;
        this.size = size(request);
    }

    /** The event that a log keeps at a position of its own. Its id is the publisher's, or else that position. */
    public static Event kept(Position position, PublishRequest request, Instant time) {
        String id = request.id();
        return new Event(position, false, id == null ? position.toString() : id, request, time);
    }

    /**
     * An event that is delivered in order and never kept. It bears the position of the log's end even
     * where its publisher gave an id, since nobody could resume from that one.
     */
    public static Event passing(Position end, PublishRequest request, Instant time) {
        return new Event(end, true, end.toString(), request, time);
    }

    /** The position after which a reader of this event goes on. */
    public Position position() {
        return position;
    }

    /** The place of {@link #position} in its log. */
    public long place() {
        return position.place();
    }

    /** Whether it is delivered to whoever is subscribed now and not kept. */
    public boolean passing() {
        return passing;
    }

    /** The id that clients see and may resume from. */
    public String id() {
        return id;
    }

    /** The id its publisher gave, or null. */
    public @Nullable String publisherId() {
        return request.id();
    }

    /** What it is about: one topic at least, the first is the canonical one. */
    public List<String> topics() {
        return request.topics();
    }

    /** The {@code event:} field, or null for the default type. */
    public @Nullable String type() {
        return request.type();
    }

    /** The data, empty when the publisher gave none. */
    public String data() {
        return request.data();
    }

    /** The {@code retry:} field in milliseconds, or null. */
    public @Nullable Integer retry() {
        return request.retry();
    }

    /** Whether only subscribers granted one of its topics may have it. */
    public boolean isPrivate() {
        return request.isPrivate();
    }

    /** When the log accepted it. */
    public Instant time() {
        return time;
    }

    /**
     * What it takes in memory, in bytes, roughly: text and frame as UTF-8, and the objects around them. The
     * frame counts also before it is encoded.
     */
    public int size() {
        return size;
    }

    private static int size(PublishRequest request) {
        return OVERHEAD + 2 * request.size() + EventFrame.overhead(request.data());
    }

    /** Its text/event-stream bytes, encoded at the first call. Shared: nobody may change them. */
    public byte[] frame() {
        byte[] bytes = frame;
        if (bytes == null) {
            bytes = EventFrame.event(type(), retry(), id, data());
            frame = bytes;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "Event[" + id + " " + topics() + "]";
    }
}
