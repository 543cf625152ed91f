package dev.tidings.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the fields of one publish, as a form, a query, a JSON object or a line of NDJSON names them, and
 * makes the {@link PublishRequest} of them.
 *
 * <p>An unknown field is refused: a misspelt {@code private} would otherwise publish to everyone.
 *
 * <p><b>Threads.</b> One. To be filled once and built once.
 */
public final class PublishFields {

    /** The most that all topics of an event may take together as UTF-8. */
    private static final int MAX_TOPICS_BYTES = 64 * 1024;

    /** The types of the hub's own signals. Clients act on them, so no publisher may use one. */
    private static final List<String> SIGNALS = List.of("gap", "expiring", "caught-up");

    private static final int MAX_USER_BYTES = 255;
    private static final int MAX_RETRY_DIGITS = 8;

    private static final String MSG = "msg";
    private static final String DATA = "data";
    private static final String TO = "to";
    private static final String TOPIC = "topic";
    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String RETRY = "retry";
    private static final String PRIVATE = "private";
    private static final List<String> KNOWN = List.of(MSG, DATA, TO, TOPIC, TYPE, ID, RETRY, PRIVATE);

    private final Map<String, String> single = new HashMap<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();
    private @Nullable String traceparent;

    /** Whether there is a field of this name. */
    public static boolean isField(String name) {
        return KNOWN.contains(name);
    }

    /**
     * Takes one field.
     *
     * @throws InvalidRequestException if there is no field of that name, if the value is no well-formed
     *     Unicode, or if the field was given before and is neither {@code to} nor {@code topic}
     */
    public void add(String name, String value) {
        if (!isField(name)) {
            throw unknown(name);
        }
        TextRules.requireWellFormed(name, value);
        switch (name) {
            case TO -> addBounded(users, name, value);
            case TOPIC -> addBounded(topics, name, value);
            default -> {
                if (single.putIfAbsent(name, value) != null) {
                    throw new InvalidRequestException(name, "It is given twice; give it once.");
                }
            }
        }
    }

    /** Takes the trace that the publish is part of, which is no field of the event; a malformed one is ignored. */
    public PublishFields ofTrace(@Nullable String given) {
        traceparent = given;
        return this;
    }

    /**
     * The event that the fields describe.
     *
     * @param inboxUser the user whose inbox is meant where neither {@code to} nor {@code topic} is given, or null if
     *     the caller has none
     * @param maxDataBytes the most bytes that the data may have as UTF-8
     * @throws InvalidRequestException naming the field that is wrong or missing
     * @throws TooLargeException if the data is above {@code maxDataBytes}
     */
    public PublishRequest build(@Nullable String inboxUser, int maxDataBytes) {
        var request = new PublishRequest(
                eventTopics(inboxUser), single.get(TYPE), data(), single.get(ID), retry(), isPrivate(), traceparent);
        requireModest(request.topics());
        requireNoSignal(request.type());
        int size = TextRules.utf8Length(request.data());
        if (size > maxDataBytes) {
            throw new TooLargeException(size, maxDataBytes);
        }
        return request;
    }

    private static void requireModest(List<String> topics) {
        int bytes = topics.stream().mapToInt(TextRules::utf8Length).sum();
        if (bytes > MAX_TOPICS_BYTES) {
            throw new InvalidRequestException(
                    TOPIC,
                    "The topics of the event have " + bytes + " bytes of UTF-8 together; at most " + MAX_TOPICS_BYTES
                            + " are possible. Publish it in parts.");
        }
    }

    private static void requireNoSignal(@Nullable String type) {
        if (type != null && SIGNALS.contains(type)) {
            throw new InvalidRequestException(
                    TYPE, "The types " + String.join(", ", SIGNALS) + " are the hub's own signals; choose another.");
        }
    }

    private List<String> eventTopics(@Nullable String inboxUser) {
        if (!users.isEmpty() && !topics.isEmpty()) {
            throw new InvalidRequestException(TO, "Both to and topic are given; name users or topics, not both.");
        }
        if (!topics.isEmpty()) {
            return topics;
        }
        if (!users.isEmpty()) {
            return users.stream().map(PublishFields::inbox).toList();
        }
        if (inboxUser == null) {
            throw new InvalidRequestException(
                    TO, "The token names no user, so it has no inbox; name a user in to, or a topic in topic.");
        }
        return List.of(Topic.ofUser(inboxUser));
    }

    private static String inbox(String user) {
        if (user.isEmpty()) {
            throw new InvalidRequestException(TO, "It is empty; name a user.");
        }
        TextRules.requireAtMost(MAX_USER_BYTES, TO, user);
        TextRules.requireNoControls(TO, user);
        return Topic.ofUser(user);
    }

    private @Nullable String data() {
        String msg = single.get(MSG);
        String data = single.get(DATA);
        if (msg != null && data != null) {
            throw new InvalidRequestException(MSG, "Both msg and data are given, which are the same; give one.");
        }
        return msg == null ? data : msg;
    }

    private @Nullable Integer retry() {
        String retry = single.getOrDefault(RETRY, "");
        if (retry.isEmpty()) {
            return null;
        }
        if (retry.length() > MAX_RETRY_DIGITS || !retry.chars().allMatch(PublishFields::isDigit)) {
            throw new InvalidRequestException(
                    RETRY, "Give whole milliseconds from 0 to " + PublishRequest.MAX_RETRY + ", in digits.");
        }
        return Integer.valueOf(retry);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private boolean isPrivate() {
        return switch (single.getOrDefault(PRIVATE, "false")) {
            case "true", "on", "1", "" -> true;
            case "false", "off", "0" -> false;
            default ->
                throw new InvalidRequestException(
                        PRIVATE, "Give true, on or 1 for a private event, or false, off or 0 for a public one.");
        };
    }

    private static void addBounded(List<String> values, String name, String value) {
        if (values.size() == PublishRequest.MAX_TOPICS) {
            throw new InvalidRequestException(
                    name, "It is given more than " + PublishRequest.MAX_TOPICS + " times; publish in parts.");
        }
        values.add(value);
    }

    private static InvalidRequestException unknown(String name) {
        return new InvalidRequestException(
                name, "There is no such field. The fields are " + String.join(", ", KNOWN) + ".");
    }
}
