package dev.tidings.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * When a stream has to end with its token, and whether its peer has been told so, {@value #NOTICE_SECONDS} s before.
 *
 * <p>Another token may take the place of the first. That its end is near is not said before the peer has heard that it was
 * accepted, however soon it ends.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
final class TokenEnd {

    private static final int NOTICE_SECONDS = 30;
    private static final Duration NOTICE = Duration.ofSeconds(NOTICE_SECONDS);

    private enum Notice {
        /** Its peer does not know yet of the token; it does not become due. */
        WITHHELD,
        NOT_DUE,
        DUE,
        SAID
    }

    /** Compared by identity: each token has one of its own, for each step of its notice. */
    private static final class State {

        private final @Nullable Instant end;
        private final Notice notice;

        State(@Nullable Instant end, Notice notice) {
            this.end = end;
            this.notice = notice;
        }
    }

    private final AtomicReference<State> current;

    /** @param end of the token that the stream was opened with, or null for never */
    TokenEnd(@Nullable Instant end) {
        current = new AtomicReference<>(new State(end, Notice.NOT_DUE));
    }

    /** Whether the token has ended. */
    boolean passed(Instant now) {
        Instant end = state().end;
        return end != null && !now.isBefore(end);
    }

    /** Looks whether the peer should be told; whether it should is said by {@link #noticeDue}. */
    void look(Instant now) {
        State state = state();
        if (state.notice == Notice.NOT_DUE && state.end != null && !now.isBefore(state.end.minus(NOTICE))) {
            current.compareAndSet(state, new State(state.end, Notice.DUE));
        }
    }

    boolean noticeDue() {
        return state().notice == Notice.DUE;
    }

    /** The end that the peer is to be told of now, once; null when there is none. */
    @Nullable
    Instant takeNotice() {
        State state = state();
        boolean taken = state.notice == Notice.DUE && current.compareAndSet(state, new State(state.end, Notice.SAID));
        return taken ? state.end : null;
    }

    /**
     * Has another token take its place.
     *
     * @param end of the new one, or null for never
     * @return to be run when what comes next is that the peer is told of the new one
     */
    Runnable renew(@Nullable Instant end) {
        var renewed = new State(end, Notice.WITHHELD);
        current.set(renewed);
        return () -> current.compareAndSet(renewed, new State(end, Notice.NOT_DUE));
    }

    private State state() {
        return requireNonNull(current.get());
    }
}
