package dev.tidings.hub;

import dev.tidings.event.selector.TopicSelector;
import org.jspecify.annotations.Nullable;

/**
 * A template that has holders, from the first until the last has gone.
 *
 * <p>A cache may remember it afterwards. Then it takes no more than this object: its selector and its holders are dropped.
 *
 * <p><b>Threads.</b> Any. {@link Templates} alone closes it.
 *
 * @param <T> the holders of a template
 */
final class OpenTemplate<T> {

    /** The later it was opened, the greater. */
    final long number;

    private volatile @Nullable TopicSelector selector;
    private volatile @Nullable T holders;

    OpenTemplate(long number, TopicSelector selector, T holders) {
        this.number = number;
        this.selector = selector;
        this.holders = holders;
    }

    /** The template, or null once it is closed. */
    @Nullable
    TopicSelector selector() {
        return selector;
    }

    /** Its holders, or null once it is closed. */
    @Nullable
    T holders() {
        return holders;
    }

    void close() {
        selector = null;
        holders = null;
    }
}
