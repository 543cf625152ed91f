package dev.tidings.hub;

import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A snapshot of a client. The client may have received more since, or be gone.
 *
 * @param id a {@code urn:uuid:}; ids sort in the order in which clients came
 * @param peer the other end of its stream
 * @param topics the selectors it asks for
 * @param connectedAt when it came
 * @param lastEventId the position that its peer was sent last, or is about to be sent
 * @param delivered how many events its stream was given to write
 * @param queued how many events wait in its outbox; events that it has to read from history do not count
 * @param behind how many events it has still to be given or to be found not for it: those that wait, or if they are more, while
 *     it is replaying, all that came after what it has read, forgotten ones among them
 * @param state where its next event comes from
 * @param node the name of the node it is connected to
 */
public record Client(
        String id,
        Peer peer,
        SelectorSet topics,
        Instant connectedAt,
        Position lastEventId,
        long delivered,
        int queued,
        long behind,
        SubscriberState state,
        String node) {

    private static final Pattern ID = Pattern.compile("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Whether this text has the form of a client's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
