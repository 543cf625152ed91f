package dev.tidings.ws;

import dev.tidings.event.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of frames that a client may send, with their members beside {@code type} and {@code ref}. */
enum FrameType {
    PUBLISH,
    SUBSCRIBE,
    UNSUBSCRIBE,
    ECHO,
    AUTH;

    private static final Map<FrameType, List<String>> MEMBERS = Map.of(
            PUBLISH, List.of("topics", "to", "data", "event", "id", "private", "traceparent"),
            SUBSCRIBE, List.of("topics"),
            UNSUBSCRIBE, List.of("topics"),
            ECHO, List.of("data"),
            AUTH, List.of("token"));

    private static final String NAMES =
            Arrays.stream(values()).map(FrameType::toString).collect(Collectors.joining(", "));
    private static final Map<String, FrameType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(FrameType::toString, type -> type));

    /**
     * The type of that name.
     *
     * @throws InvalidRequestException naming those there are
     */
    static FrameType named(@Nullable String name) {
        FrameType type = name == null ? null : BY_NAME.get(name);
        if (type == null) {
            throw new InvalidRequestException("type", "Give one of " + NAMES + ".");
        }
        return type;
    }

    /** The members that its frames may have beside {@code type} and {@code ref}. */
    List<String> members() {
        return MEMBERS.getOrDefault(this, List.of());
    }

    /** The name that stands in {@code type}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
