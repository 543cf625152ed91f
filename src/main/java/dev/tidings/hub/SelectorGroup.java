package dev.tidings.hub;

import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * The members that asked for one topic selector.
 *
 * <p>They are in an array that is walked for every event. Joining and leaving take the same short time however many there are.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 *
 * @param <T> a member
 */
final class SelectorGroup<T> {

    /** A member of a group, and where in the group it is. */
    static final class Entry<T> {

        final SelectorGroup<T> group;
        private final T member;

        /** Its index in the group. */
        private int slot;

        private Entry(SelectorGroup<T> group, T member, int slot) {
            this.group = group;
            this.member = member;
            this.slot = slot;
        }
    }

    final TopicSelector selector;
    private final ArrayList<Entry<T>> entries = new ArrayList<>(1);

    SelectorGroup(TopicSelector selector) {
        this.selector = selector;
    }

    Entry<T> add(T member) {
        var entry = new Entry<>(this, member, entries.size());
        entries.add(entry);
        return entry;
    }

    /** Removes a member. Allocates nothing, so that lack of memory cannot make it fail. */
    void remove(Entry<T> leaving) {
        Entry<T> last = entries.remove(entries.size() - 1);
        if (last != leaving) {
            entries.set(leaving.slot, last);
            last.slot = leaving.slot;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void forEach(Consumer<T> visitor) {
        for (int i = 0; i < entries.size(); i++) {
            visitor.accept(entries.get(i).member);
        }
    }
}
