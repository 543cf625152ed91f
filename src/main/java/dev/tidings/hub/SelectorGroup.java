package dev.tidings.hub;

import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Those that asked for one topic selector.
 *
 * <p>An array that is walked for every event, and in which joining and leaving take the same short time however many there
 * are.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 *
 * @param <T> who asked
 */
final class SelectorGroup<T> {

    /** That somebody is in a group, and where in it. */
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

    /** Allocates nothing, so that it fails for no lack of memory. */
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
