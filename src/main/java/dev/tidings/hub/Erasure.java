package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Which stored events are to be erased: all that were for the inbox of one user alone, or those with one id.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Erasure {

    private final @Nullable String inbox;
    private final @Nullable String id;

    private Erasure(@Nullable String inbox, @Nullable String id) {
        this.inbox = inbox;
        this.id = id;
    }

    /** The events whose only topic is this user's inbox. An event that went to others as well is theirs, too, and stays. */
    public static Erasure ofUser(String user) {
        return new Erasure(Topic.ofUser(user), null);
    }

    /** The events to which their publishers gave this id, or the one whose position it is. */
    public static Erasure ofId(String id) {
        return new Erasure(null, id);
    }

    /** The one id, or null if the events are those of a user. */
    public @Nullable String id() {
        return id;
    }

    /** Whether this event is to be erased. Not if it is already. */
    public boolean covers(Event event) {
        if (event.isErased()) {
            return false;
        }
        return id == null
                ? event.topics().size() == 1 && event.topics().get(0).equals(inbox)
                : id.equals(event.publisherId()) || id.equals(event.position().toString());
    }
}
