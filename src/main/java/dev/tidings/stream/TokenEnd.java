package dev.tidings.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream's token, and the notice of it that the peer gets {@value #NOTICE_SECONDS} s before. A token that is
 * revoked ends at once, without notice.
 *
 * <p>A newer token may replace the first. The peer gets no notice of the newer one's end before it was told that the
 * token was accepted, however soon it ends.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
final class TokenEnd {

    private static final int NOTICE_SECONDS = 30;
    private static final Duration NOTICE = Duration.ofSeconds(NOTICE_SECONDS);

    private enum Notice {
        /** The peer does not know of the token yet, so the notice does not become due. */
        WITHHELD,
        NOT_DUE,
        DUE,
        SAID
    }

    /** Compared by identity: each token has one of its own, for each step of its notice. */
    private static final class State {

        private final TokenLife life;
        private final @Nullable Instant end;

        /** When the notice becomes due. Reckoned once, since the timer asks often. */
        private final @Nullable Instant noticeFrom;

        private final Notice notice;

        State(TokenLife life, Notice notice) {
            this.life = life;
            this.end = life.ends();
            this.noticeFrom = end == null ? null : end.minus(NOTICE);
            this.notice = notice;
        }
    }

    private final AtomicReference<State> current;

    /** @param life of the token that the stream was opened with */
    TokenEnd(TokenLife life) {
        current = new AtomicReference<>(new State(life, Notice.NOT_DUE));
    }

    /** Whether the token was revoked. The timer alone may ask. */
    boolean revoked() {
        return state().life.revoked().getAsBoolean();
    }

    /** Whether the token has ended. */
    boolean passed(Instant now) {
        Instant end = state().end;
        return end != null && !now.isBefore(end);
    }

    /** Checks whether the notice has become due, for {@link #noticeDue}. */
    void look(Instant now) {
        State state = state();
        if (state.notice == Notice.NOT_DUE && state.noticeFrom != null && !now.isBefore(state.noticeFrom)) {
            current.compareAndSet(state, new State(state.life, Notice.DUE));
        }
    }

    boolean noticeDue() {
        return state().notice == Notice.DUE;
    }

    /** The end of which the peer is to be notified now, once; null when no notice is due. */
    @Nullable
    Instant takeNotice() {
        State state = state();
        boolean taken = state.notice == Notice.DUE && current.compareAndSet(state, new State(state.life, Notice.SAID));
        return taken ? state.end : null;
    }

    /**
     * Replaces the token by another.
     *
     * @param life of the new one
     * @return to be run when the peer is about to be told of the new token
     */
    Runnable renew(TokenLife life) {
        var renewed = new State(life, Notice.WITHHELD);
        current.set(renewed);
        return () -> current.compareAndSet(renewed, new State(life, Notice.NOT_DUE));
    }

    private State state() {
        return requireNonNull(current.get());
    }
}
