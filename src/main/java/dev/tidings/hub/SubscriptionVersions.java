package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a subscriber asked for and might have, by the sequence numbers of the log between which it held.
 *
 * <p>Live delivery knows only the current version. A subscriber that reads history may read events from before a change, and has
 * to get of them what it would have got live. So former versions stay until it has read past their end. At most
 * {@value #MAX_CHANGES} of them stay: until it has read that far, the subscriber may change nothing more.
 *
 * <p><b>Threads.</b> Any.
 */
final class SubscriptionVersions {

    static final int MAX_CHANGES = 100;

    /** A version that held up to a sequence number of the log. */
    private record Former(long until, Subscription subscription) {}

    /** Oldest first. It has no array while it is empty, because most streams never change. */
    private final List<Former> former = new ArrayList<>(0);

    /** Up to this sequence number the versions are forgotten. */
    private long forgotten = -1;

    private volatile Subscription current;

    /** Whether there are no former versions. Most subscribers never change anything. */
    private volatile boolean unchanged = true;

    /** Whether there was another grant once, which may cover events that wait. */
    private volatile boolean regranted;

    SubscriptionVersions(Subscription first) {
        current = first;
    }

    /** The current version. */
    Subscription current() {
        return current;
    }

    /** @throws InvalidRequestException if too many former versions are still needed for another change */
    synchronized void requireRoom() {
        if (former.size() == MAX_CHANGES) {
            throw new InvalidRequestException(
                    "topics",
                    "They were changed " + MAX_CHANGES + " times while older events wait to be read."
                            + " Read those, and try again.");
        }
    }

    /** Sets the version that holds for all events after a sequence number. */
    synchronized void change(long sequence, Subscription next) {
        former.add(new Former(sequence, current));
        unchanged = false;
        regranted |= !next.granted().equals(current.granted());
        current = next;
    }

    /** Whether there is no version but the current one. */
    boolean unchanged() {
        return unchanged;
    }

    /** Forgets the versions that a subscriber needs no more that has read up to this sequence number. */
    synchronized void forget(long sequence) {
        while (!former.isEmpty() && former.get(0).until() <= sequence) {
            forgotten = former.remove(0).until();
        }
        unchanged = former.isEmpty();
    }

    /** Whether the version that held at this event wants it. */
    boolean wants(Event event) {
        return at(event.sequence()).wants(event);
    }

    /** Whether this is left of an event that the version which held then may have wanted. */
    boolean mayHaveWanted(Event event) {
        return event.isErased() && at(event.sequence()).mayHaveWanted(event);
    }

    /** Removes the private events that only an earlier grant covers. Returns whether that left nothing of some events. */
    boolean emptied(List<Event> events) {
        if (!regranted || events.isEmpty()) {
            return false;
        }
        Subscription now = current;
        events.removeIf(event -> !now.covers(event));
        return events.isEmpty();
    }

    /**
     * The topics of an event that may be seen, by the version that held at the event. Of a private event only those that the
     * current grant allows, too.
     */
    List<String> visibleTopics(Event event) {
        Subscription now = current;
        if (unchanged) {
            return now.visibleTopics(event);
        }
        List<String> topics = formerAt(event.sequence()).visibleTopics(event);
        if (event.isPrivate()) {
            topics = topics.stream().filter(topic -> now.mayKnow(topic, event)).toList();
        }
        // A passing event bears the sequence number of the last stored event, also if it comes after a change.
        return topics.isEmpty() ? now.visibleTopics(event) : topics;
    }

    /** Whether the version is known that held at this sequence number. */
    synchronized boolean areKnownAt(long sequence) {
        return sequence > forgotten;
    }

    /** The version that held at this sequence number, as far as it is known. */
    Subscription at(long sequence) {
        return unchanged ? current : formerAt(sequence);
    }

    private synchronized Subscription formerAt(long sequence) {
        for (Former one : former) {
            if (sequence <= one.until()) {
                return one.subscription();
            }
        }
        return current;
    }
}
