package dev.tidings.hub;

import dev.tidings.event.selector.TopicSelector;
import org.jspecify.annotations.Nullable;

/**
 * A template that somebody has, from the time the first of them does until the last one has gone.
 *
 * <p>What remembers it afterwards holds no more than this: its text and those who had it are let go.
 *
 * <p><b>Threads.</b> Any; {@link Templates} alone closes it.
 *
 * @param <T> those who have it
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

    /** The template, or null when nobody has it any more. */
    @Nullable
    TopicSelector selector() {
        return selector;
    }

    /** Who has it, or null when nobody does any more. */
    @Nullable
    T holders() {
        return holders;
    }

    void close() {
        selector = null;
        holders = null;
    }
}
