package dev.tidings.event;

import org.jspecify.annotations.Nullable;

/**
 * What an event is about: any string without control characters, an IRI or a path by preference.
 *
 * <p>Topics are compared as they are, character by character; nothing is normalised, decoded or resolved.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Topic {

    /** The most that a topic, or a topic selector, may take as UTF-8. */
    public static final int MAX_BYTES = 2048;

    /** What the inboxes of users begin with. */
    public static final String USERS = "/users/";

    private Topic() {}

    /**
     * Returns the topic, if it is one.
     *
     * @throws InvalidRequestException if it is empty, is no well-formed Unicode, holds a control character
     *     (U+0000 to U+001F, U+007F to U+009F) or is longer than {@link #MAX_BYTES}
     */
    public static String check(String topic) {
        if (topic.isEmpty()) {
            throw new InvalidRequestException("topic", "It is empty; say what the event is about.");
        }
        TextRules.requireWellFormed("topic", topic);
        TextRules.requireAtMost(MAX_BYTES, "topic", topic);
        TextRules.requireNoControls("topic", topic);
        return topic;
    }

    /**
     * The inbox of a user: {@code /users/} and the percent-encoded name, so that no name can break out of
     * its inbox or be taken for a template.
     *
     * @throws InvalidRequestException if the name is no well-formed Unicode
     */
    public static String ofUser(String user) {
        return USERS + percentEncode(user);
    }

    /**
     * Says what to write instead when a topic names a user without percent-encoding, and so is no inbox: in
     * {@code /users/alice@example.com} the {@code @} has to be percent-encoded.
     *
     * @return a sentence, or null for every other topic
     */
    public static @Nullable String inboxAdvice(String topic) {
        String user = isUsers(topic) ? topic.substring(USERS.length()) : "";
        if (user.matches("[^/%{]*") && !percentEncode(user).equals(user)) {
            return "\"" + topic + "\" is nobody's inbox, because names are percent-encoded there. Publish with to="
                    + user + ", which goes to \"" + ofUser(user) + "\".";
        }
        return null;
    }

    /**
     * RFC 6570 simple expansion (section 3.2.2) of one string: unreserved characters stay, every byte of
     * the others' UTF-8 becomes {@code %XX} in upper case.
     *
     * @throws InvalidRequestException if the text is no well-formed Unicode
     */
    public static String percentEncode(String text) {
        TextRules.requireWellFormed("topic", text);
        var encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (UriCharacters.isUnreserved(character)) {
                encoded.append((char) character);
            } else {
                PercentEncoding.append(encoded, character);
            }
        });
        return encoded.toString();
    }

    /** Whether it lies under {@code /users/}, where every event is private. {@code /users} itself is no inbox. */
    public static boolean isUsers(String topic) {
        return topic.startsWith(USERS);
    }

    /**
     * Whether it is that path, or goes on from it with anything but a further letter, digit or other unreserved
     * character: a segment, a query, parameters, something encoded. So nothing is left that one could take for a part
     * of that path's resource, as {@code /clients;x} or {@code /clients%2Fx}.
     */
    public static boolean isUnder(String topic, String path) {
        return topic.startsWith(path)
                && (topic.length() == path.length() || !UriCharacters.isUnreserved(topic.charAt(path.length())));
    }
}
