package dev.tidings.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher published and the log accepted: immutable, with its place in the log's order.
 *
 * <p>Only a log makes events, from a {@link PublishRequest}: accepting it gives the id, the position
 * and the time. All readers of an event share its one encoded {@link #frame}. History holds very many events, which the collector
 * has to visit. So what is made of other fields, as an id of the hub's own, is made when it is asked for.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Event {

    /**
     * What an event with one topic takes beside its text, measured: its objects, the headers of its texts with a type or a trace, and
     * its frame without the data.
     */
    private static final int OVERHEAD = 376;

    /** What each further topic takes beside its text. */
    private static final int TOPIC_OVERHEAD = 56;

    private final Epoch epoch;
    private final long sequence;
    private final boolean passing;
    private final PublishRequest request;
    private final Instant time;
    private final int textSize;
    private final int size;
    private volatile byte @Nullable [] frame;

    private Event(Position position, boolean passing, PublishRequest request, Instant time) {
        this.epoch = position.epoch();
        this.sequence = position.sequence();
        this.passing = passing;
        this.request = request;
        this.time = time;
        this.textSize = request.size();
        this.size = OVERHEAD + TOPIC_OVERHEAD * (request.topics().size() - 1) + sizeOfTexts(request, textSize);
    }

    /** The event that a log keeps at a position of its own. Its id is the publisher's, or else that position. */
    public static Event kept(Position position, PublishRequest request, Instant time) {
        return new Event(position, false, request, time);
    }

    /**
     * An event that is delivered in order and never kept. It bears the position of the log's end even
     * where its publisher gave an id, since no stream could resume from that one.
     */
    public static Event passing(Position end, PublishRequest request, Instant time) {
        return new Event(end, true, request, time);
    }

    /** What is left of this event when it is erased: its position and its time, and {@link ErasedTopics} instead of its topics. */
    public Event erased() {
        var left = new PublishRequest(ErasedTopics.of(topics(), isPrivate()), null, null, null, null, true);
        return kept(position(), left, time);
    }

    /** Whether this is what is left of an event that was erased. */
    public boolean isErased() {
        return ErasedTopics.are(topics());
    }

    /** The position after which a reader of this event goes on. */
    public Position position() {
        return new Position(epoch, sequence);
    }

    /** The sequence number of {@link #position} in its log. */
    public long sequence() {
        return sequence;
    }

    /** Whether the event is delivered only to those subscribed now, and not stored. */
    public boolean passing() {
        return passing;
    }

    /** The id that clients see and may resume from. */
    public String id() {
        String given = publisherId();
        return given == null || passing ? position().toString() : given;
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

    /** The trace that the publish was part of, as W3C Trace Context writes it, or null. */
    public @Nullable String traceparent() {
        return request.traceparent();
    }

    /** When the log accepted it. */
    public Instant time() {
        return time;
    }

    /** The size of its text as UTF-8, in bytes: data, id if its publisher gave one, type, topics and traceparent. */
    public int textSize() {
        return textSize;
    }

    /**
     * What it takes in memory, in bytes, at most and not much less: its text, the objects around it, and its frame,
     * which counts also before it is encoded.
     */
    public int size() {
        return size;
    }

    /** The texts themselves, which take two bytes a character unless all is ASCII, and the frame with most of them again. */
    private static int sizeOfTexts(PublishRequest request, int textSize) {
        int characters =
                length(request.type()) + length(request.data()) + length(request.id()) + length(request.traceparent());
        for (String topic : request.topics()) {
            characters += topic.length();
        }
        int frame = textSize + EventFrame.overhead(request.data());
        return frame + (characters == textSize ? textSize : 2 * characters);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /**
     * The event as bytes of text/event-stream, encoded at the first call. All readers share the array; do not change
     * it.
     */
    public byte[] frame() {
        byte[] bytes = frame;
        if (bytes == null) {
            bytes = EventFrame.event(type(), retry(), id(), data());
            frame = bytes;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "Event[" + id() + " " + topics() + "]";
    }
}
