package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.selector.EventTopics;
import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the recipients of an event by its topics.
 *
 * <p>Recipients with the same selector share one {@link SelectorGroup}. {@link SelectorIndex} finds the groups.
 *
 * <p><b>Threads.</b> {@link Delivery} changes nothing while something is offered. Any thread may call {@link #precompute} at any
 * time.
 */
final class TopicIndex {

    private final SelectorIndex<SelectorGroup<Recipient>> asked = new SelectorIndex<>();
    private final OperatorRecipients operators = new OperatorRecipients();

    /** Puts a recipient into the groups of its topics, and out of others. A group that it stays in is never empty meanwhile. */
    void put(Recipient recipient) {
        List<SelectorGroup.Entry<Recipient>> former = recipient.entries;
        List<TopicSelector> selectors = recipient.topics.selectors();
        var entries = new ArrayList<SelectorGroup.Entry<Recipient>>(selectors.size());
        try {
            for (TopicSelector selector : selectors) {
                entries.add(add(recipient, group(selector)));
            }
            operators.update(recipient);
        } catch (Throwable failure) {
            removeAll(entries);
            throw failure;
        }
        recipient.entries = entries;
        removeAll(former);
    }

    private SelectorGroup.Entry<Recipient> add(Recipient recipient, SelectorGroup<Recipient> group) {
        try {
            return group.add(recipient);
        } catch (Throwable failure) {
            if (group.isEmpty()) {
                asked.close(group.selector);
            }
            throw failure;
        }
    }

    /** Removes a recipient. Allocates nothing, so that lack of memory cannot make it fail. */
    void remove(Recipient recipient) {
        List<SelectorGroup.Entry<Recipient>> former = recipient.entries;
        recipient.entries = List.of();
        operators.remove(recipient);
        removeAll(former);
    }

    private void removeAll(List<SelectorGroup.Entry<Recipient>> entries) {
        for (int i = 0; i < entries.size(); i++) {
            SelectorGroup.Entry<Recipient> entry = entries.get(i);
            entry.group.remove(entry);
            if (entry.group.isEmpty()) {
                asked.close(entry.group.selector);
            }
        }
    }

    /** Offers a batch to every recipient that asked for one of its topics, to some more than once. */
    void offer(Batch batch) {
        if (batch.isOperators()) {
            operators.offer(batch);
        } else {
            EventTopics topics = batch.topics();
            Consumer<Recipient> offer = recipient -> recipient.offer(batch);
            asked.visit(topics, asked.matching(topics), group -> group.forEach(offer));
        }
    }

    /** About how much work {@link #precompute} is now, in comparisons. Counting ends when it is more than enough. */
    long work(List<String> topics, long enough) {
        return asked.work(topics, enough);
    }

    /** Compares topics with the open templates, so that the outcome is known when they are offered. */
    void precompute(List<String> topics) {
        asked.precompute(topics);
    }

    /** Forgets what was computed before for events that were offered, or could not be. */
    void forget(List<Event> events) {
        asked.forget(events);
    }

    private SelectorGroup<Recipient> group(TopicSelector selector) {
        SelectorGroup<Recipient> group = asked.find(selector);
        if (group == null) {
            group = new SelectorGroup<>(selector);
            asked.open(selector, group);
        }
        return group;
    }
}
