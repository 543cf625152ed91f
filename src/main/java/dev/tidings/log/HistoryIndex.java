package dev.tidings.log;

import dev.tidings.event.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log whose events are in a file knows of its history without reading: which places are held, and where
 * publishers' ids are.
 *
 * <p>Events leave the file some time after they are forgotten, many at once; only then are they, and their
 * ids, at hand to be removed from here. Until then a forgotten event's id is in the index and not found.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class HistoryIndex {

    private final Held held;
    private final PublisherIds ids = new PublisherIds();
    private boolean begun;

    HistoryIndex(Retention retention) {
        this.held = new Held(retention);
    }

    /** The place before the oldest event held. */
    long start() {
        return held.start();
    }

    /** The place before which events may soon be forgotten. */
    long fading() {
        return held.fading();
    }

    /** The place of the newest event. */
    long end() {
        return held.end();
    }

    /** Whether this place can be gone on from. */
    boolean reaches(long place) {
        return held.reaches(place);
    }

    /** Adds the event after the end; the first may have any place. */
    void add(Event event) {
        if (!begun) {
            held.beginAfter(event.place() - 1);
            begun = true;
        }
        held.add(event);
        ids.add(event);
    }

    /** Forgets what is older than the age allowed. */
    void forgetOlderThanAllowed(Instant now) {
        held.forgetOlderThanAllowed(now);
    }

    /** Takes the ids of events out that have left the file, oldest first. */
    void remove(List<Event> events) {
        events.forEach(ids::remove);
    }

    /** The place of the first event held that has this id from its publisher, or null. */
    @Nullable
    Long find(String id) {
        return ids.find(id, held.start());
    }
}
