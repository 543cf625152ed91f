package dev.tidings.event;

import static java.util.Objects.requireNonNullElse;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a publisher asks for, checked. Every door makes one, so all doors refuse the same.
 *
 * <p>The constructor throws {@link InvalidRequestException} naming the field that is wrong. Three checks need more
 * than the request, and are made elsewhere: the configured size of the data by the door, the grant by the guard, and
 * whether the id looks like one of the log's own positions by the log, which knows its epoch.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param topics 1 to {@value #MAX_TOPICS}; repeated ones count once, the order stays, the first is canonical
 * @param type the {@code event:} field, at most {@value #MAX_TYPE_BYTES} bytes of UTF-8 without CR, LF and
 *     NUL; empty becomes null
 * @param data any well-formed Unicode; null becomes empty, for an event always has data, on streams and everywhere else
 * @param id at most {@value #MAX_ID_BYTES} bytes of UTF-8, without control characters (they end a line or
 *     make a browser ignore it), without a space at either end (a header would lose it), not
 *     {@code earliest} and with no leading {@code #} (they mean something else); empty becomes null
 * @param retry how long a browser is told to wait before it reconnects, 0 to {@value #MAX_RETRY} milliseconds
 * @param isPrivate whether a grant is needed to receive it; always so with a topic under {@code /users/}
 * @param traceparent the trace that the publish is part of, as W3C Trace Context writes it; a malformed one becomes null
 */
public record PublishRequest(
        List<String> topics,
        @Nullable String type,
        @Nullable String data,
        @Nullable String id,
        @Nullable Integer retry,
        boolean isPrivate,
        @Nullable String traceparent) {

    /** The most topics of one event. */
    public static final int MAX_TOPICS = 1000;

    /** The most that a type may take as UTF-8. */
    public static final int MAX_TYPE_BYTES = 255;

    /** The most that an id may take as UTF-8. */
    public static final int MAX_ID_BYTES = 255;

    /** The longest {@code retry}, a day in milliseconds. */
    public static final int MAX_RETRY = 86_400_000;

    public PublishRequest {
        topics = checkTopics(topics);
        type = checkType(emptyToNull(type));
        data = requireNonNullElse(data, "");
        TextRules.requireWellFormed("data", data);
        id = checkId(emptyToNull(id));
        if (retry != null && (retry < 0 || retry > MAX_RETRY)) {
            throw new InvalidRequestException("retry", "Give milliseconds from 0 to " + MAX_RETRY + ".");
        }
        isPrivate = isPrivate || topics.stream().anyMatch(Topic::isUsers);
        traceparent = TraceParent.of(traceparent);
    }

    /** One that is part of no trace. */
    public PublishRequest(
            List<String> topics,
            @Nullable String type,
            @Nullable String data,
            @Nullable String id,
            @Nullable Integer retry,
            boolean isPrivate) {
        this(topics, type, data, id, retry, isPrivate, null);
    }

    /** What counts of a {@code traceparent}: null if it is malformed. */
    public static @Nullable String traceparent(@Nullable String given) {
        return TraceParent.of(given);
    }

    /** The data, empty where the publisher gave none. */
    @Override
    public String data() {
        return requireNonNullElse(data, "");
    }

    /** What its text takes as UTF-8, in bytes: topics, type, data, id and traceparent. Counted anew at each call. */
    public int size() {
        int size = size(type) + size(data()) + size(id) + (traceparent == null ? 0 : traceparent.length());
        for (String topic : topics) {
            size += size(topic);
        }
        return size;
    }

    private static int size(@Nullable String text) {
        return text == null ? 0 : TextRules.utf8Length(text);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static List<String> checkTopics(List<String> topics) {
        if (topics.isEmpty()) {
            throw new InvalidRequestException("topic", "It is missing; say what the event is about.");
        }
        if (topics.size() > MAX_TOPICS) {
            throw new InvalidRequestException(
                    "topic", "There are " + topics.size() + "; an event has at most " + MAX_TOPICS + ".");
        }
        topics.forEach(Topic::check);
        return List.copyOf(topics.size() == 1 ? topics : new LinkedHashSet<>(topics));
    }

    private static @Nullable String checkType(@Nullable String type) {
        if (type == null) {
            return null;
        }
        TextRules.requireWellFormed("type", type);
        TextRules.requireAtMost(MAX_TYPE_BYTES, "type", type);
        if (type.indexOf('\r') >= 0 || type.indexOf('\n') >= 0 || type.indexOf('\0') >= 0) {
            throw new InvalidRequestException("type", "It holds CR, LF or NUL; give one line of text.");
        }
        return type;
    }

    private static @Nullable String checkId(@Nullable String id) {
        if (id == null) {
            return null;
        }
        TextRules.requireWellFormed("id", id);
        TextRules.requireAtMost(MAX_ID_BYTES, "id", id);
        TextRules.requireNoControls("id", id);
        if (id.startsWith(" ") || id.endsWith(" ")) {
            throw new InvalidRequestException("id", "It begins or ends with a space; leave that out.");
        }
        if (id.equals(Position.EARLIEST)) {
            throw new InvalidRequestException(
                    "id",
                    "The id earliest is reserved: streams ask with it for everything stored. Choose another id or none.");
        }
        if (id.startsWith("#")) {
            throw new InvalidRequestException("id", "It begins with #; choose another id or none.");
        }
        return id;
    }
}
