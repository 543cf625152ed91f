package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a subscriber asked for and may have, and from which sequence number of the log on.
 *
 * <p>Live delivery knows only the version that holds now. Who reads history may read what came before a change, and has to
 * get of it what it would have got live. So former versions are kept until it has read past their end,
 * {@value #MAX_CHANGES} at most: who has not yet read that far has to, before it changes anything again.
 *
 * <p><b>Threads.</b> Any.
 */
final class SubscriptionVersions {

    static final int MAX_CHANGES = 100;

    /** What held up to a sequence number of the log. */
    private record Former(long until, Subscription subscription) {}

    /** Oldest first. Empty, it takes no array: most streams never change. */
    private final List<Former> former = new ArrayList<>(0);

    private volatile Subscription current;

    /** Whether there are none that held before; most subscribers never change anything. */
    private volatile boolean unchanged = true;

    /** Whether the grant was another once, so that what waits may have been let in by that one. */
    private volatile boolean regranted;

    SubscriptionVersions(Subscription first) {
        current = first;
    }

    /** What holds now. */
    Subscription current() {
        return current;
    }

    /** @throws InvalidRequestException if too many earlier changes are still needed for one more */
    synchronized void requireRoom() {
        if (former.size() == MAX_CHANGES) {
            throw new InvalidRequestException(
                    "topics",
                    "They were changed " + MAX_CHANGES + " times while events from before wait to be read;"
                            + " read on, and try again.");
        }
    }

    /** Sets what holds for all that comes after this sequence number. */
    synchronized void change(long sequence, Subscription next) {
        former.add(new Former(sequence, current));
        unchanged = false;
        regranted |= !next.granted().equals(current.granted());
        current = next;
    }

    /** Whether there are none but those that hold now. */
    boolean unchanged() {
        return unchanged;
    }

    /** Lets go of what is needed no more by who has come to this sequence number. */
    synchronized void forget(long sequence) {
        while (!former.isEmpty() && former.get(0).until() <= sequence) {
            former.remove(0);
        }
        unchanged = former.isEmpty();
    }

    /** Whether this event was asked for at its sequence number, and may be had. */
    boolean wants(Event event) {
        return at(event.sequence()).wants(event);
    }

    /** Takes out the private events that only an earlier grant covers; whether nothing is left because of that. */
    boolean emptied(List<Event> events) {
        if (!regranted || events.isEmpty()) {
            return false;
        }
        Subscription now = current;
        events.removeIf(event -> !now.covers(event));
        return events.isEmpty();
    }

    /**
     * The topics of an event that may be seen: by what held at its sequence number and, of a private one, no more than what may be
     * had now.
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
        // Passing events bear the sequence number of the last event that is kept, also when they come after a change.
        return topics.isEmpty() ? now.visibleTopics(event) : topics;
    }

    private Subscription at(long sequence) {
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
