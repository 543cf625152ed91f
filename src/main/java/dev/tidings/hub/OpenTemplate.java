package dev.tidings.hub;

import org.jspecify.annotations.Nullable;

/**
 * A template that streams ask for, from the time the first of them does until the last one has gone.
 *
 * <p>What remembers it afterwards holds no more than this: its text and its audience are let go.
 *
 * <p><b>Threads.</b> Any; {@link TopicIndex} alone closes it.
 */
final class OpenTemplate {

    /** The later it was opened, the greater. */
    final long number;

    private volatile @Nullable Audience audience;

    OpenTemplate(long number, Audience audience) {
        this.number = number;
        this.audience = audience;
    }

    /** Who asks for it, or null when nobody does any more. */
    @Nullable
    Audience audience() {
        return audience;
    }

    void close() {
        audience = null;
    }
}
