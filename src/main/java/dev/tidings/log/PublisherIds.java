package dev.tidings.log;

import dev.tidings.event.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a history the ids that publishers gave are.
 *
 * <p>Ids made by the log need no index. An id should be unique; one that is repeated is found at the
 * first event held that has it, so that a resume from it may repeat events and never loses one.
 *
 * <p><b>Threads.</b> None by itself: its log guards it.
 */
final class PublisherIds {

    private static final Deque<Long> NONE = new ArrayDeque<>();

    private final Map<String, Long> first = new HashMap<>();
    private final Map<String, Deque<Long>> repeats = new HashMap<>();

    void add(Event event) {
        if (isPublishers(event) && first.putIfAbsent(event.id(), event.place()) != null) {
            repeats.computeIfAbsent(event.id(), id -> new ArrayDeque<>()).add(event.place());
        }
    }

    /** Removes the oldest of the events that were added. */
    void remove(Event oldest) {
        if (!isPublishers(oldest)) {
            return;
        }
        String id = oldest.id();
        Deque<Long> later = repeats.get(id);
        if (later == null) {
            first.remove(id);
            return;
        }
        first.put(id, later.remove());
        if (later.isEmpty()) {
            repeats.remove(id);
        }
    }

    /** The first place after {@code start} whose event has this id, or null. */
    @Nullable
    Long find(String id, long start) {
        Long place = first.get(id);
        if (place == null || place > start) {
            return place;
        }
        for (Long later : repeats.getOrDefault(id, NONE)) {
            if (later > start) {
                return later;
            }
        }
        return null;
    }

    private static boolean isPublishers(Event event) {
        return event.publisherId() != null;
    }
}
