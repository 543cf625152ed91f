package dev.tidings.hub;

import dev.tidings.event.TopicSelector;
import java.util.ArrayList;

/**
 * The recipients that asked for one topic selector.
 *
 * <p>An array that is walked for every event, and in which joining and leaving take the same short time however many there
 * are.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 */
final class SelectorGroup {

    /** That a recipient is in a group, and where in it. */
    static final class Entry {

        final SelectorGroup group;
        private final Recipient recipient;

        /** Its index in the group. */
        private int slot;

        private Entry(SelectorGroup group, Recipient recipient, int slot) {
            this.group = group;
            this.recipient = recipient;
            this.slot = slot;
        }
    }

    final TopicSelector selector;
    private final ArrayList<Entry> entries = new ArrayList<>(1);

    SelectorGroup(TopicSelector selector) {
        this.selector = selector;
    }

    Entry add(Recipient recipient) {
        var entry = new Entry(this, recipient, entries.size());
        entries.add(entry);
        return entry;
    }

    /** Allocates nothing, so that it fails for no lack of memory. */
    void remove(Entry leaving) {
        Entry last = entries.remove(entries.size() - 1);
        if (last != leaving) {
            entries.set(leaving.slot, last);
            last.slot = leaving.slot;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void offer(Batch batch) {
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).recipient.offer(batch);
        }
    }
}
