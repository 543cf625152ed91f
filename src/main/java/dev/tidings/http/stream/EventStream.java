package dev.tidings.http.stream;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.Subscriber;
import dev.tidings.logging.Logs;
import dev.tidings.stream.FrameSupply;
import dev.tidings.stream.OpenStream;
import dev.tidings.stream.StreamWriter;
import dev.tidings.stream.Streams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.WriteListener;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One open HTTP stream: writes the frames of its {@link FrameSupply}, at the pace of its own socket.
 *
 * <p>It is written to by a {@link StreamWriter} of ours and, after its socket had been full, by the
 * container inside {@link #onWritePossible}. One write carries everything the stream lacks.
 *
 * <p><b>Threads.</b> Writing from threads that are not the container's is safe only by these rules,
 * found by experiment: a failing write may otherwise recycle a response that is still in use, and cut a
 * stranger's stream.
 *
 * <ul>
 *   <li>isReady, write and flush happen under the stream's lock, after a look at the state;
 *   <li>after the first failure of a write of ours nothing is touched any more, not even to complete;
 *   <li>the container's onError and onTimeout take the same lock before they complete: waiting for it
 *       is what keeps the container from recycling under us;
 *   <li>onComplete never takes it, since the container may call that holding a monitor which a failing
 *       write of ours needs;
 *   <li>a stream's first bytes are written inside onWritePossible, and after it our threads leave the
 *       stream alone for {@link #REST}, while the container's thread is on its way out.
 * </ul>
 *
 * <p>Ending a stream may itself fail, as when memory has run out. So the timer checks a stream until its {@link
 * Completion} is settled, and repeats what failed. Over 300 lines, since all of that is one order of steps under one lock.
 */
final class EventStream extends OpenStream implements WriteListener, AsyncListener {

    private static final System.Logger LOG = Logs.of(EventStream.class);

    /** How long our threads leave a stream alone after the container's thread has written to it. */
    static final Duration REST = Duration.ofMillis(10);

    /** After so many writes, the stream waits until its writer has served the others. */
    private static final int MAX_WRITES = 4;

    private final AsyncContext async;
    private final StreamOutput out;
    private final Completion completion;
    private final Object lock = new Object();
    private final FrameSupply<byte[]> source;

    /** The container has ended it; known without the lock. */
    private volatile boolean gone;

    // Guarded by the lock.
    private StreamState state = StreamState.OPEN;
    private byte @Nullable [] unwritten;

    /** How much of that was written. What has begun is written to its end, though the stream was told to end. */
    private int written;

    private boolean stalled = true;
    private long restsUntil;

    /** @param source gives the frames to write */
    EventStream(AsyncContext async, StreamOutput out, Streams streams, FrameSupply<byte[]> source) {
        super(streams);
        this.async = async;
        this.out = out;
        this.completion = new Completion(async);
        this.source = source;
    }

    @Override
    public boolean isClient() {
        return source.isClient();
    }

    @Override
    public boolean sendsPositions() {
        return source.sendsPositions();
    }

    @Override
    public Subscriber subscriber() {
        return source.subscriber();
    }

    /** Begins: the container calls {@link #onWritePossible} from now on. Called once, by the request's thread. */
    void open() {
        out.prepare();
        async.addListener(this);
        register();
        out.setWriteListener(this);
    }

    @Override
    public void end(DisconnectReason reason) {
        wake();
    }

    @Override
    protected boolean tick(Instant now, long nanos) {
        DisconnectReason reason = subscriber().ended();
        if (reason != null) {
            subscriber().end(reason);
            boolean over = gone || completion.isSettled(nanos);
            if (completion.isOverdue()) {
                wake();
            }
            return !over;
        }
        if (source.tick(now, nanos)) {
            wake();
        }
        return true;
    }

    @Override
    protected boolean replaying() {
        return source.replaying();
    }

    @Override
    protected long writePending() {
        WriteOutcome outcome;
        synchronized (lock) {
            if (restsUntil != 0 && System.nanoTime() - restsUntil < 0) {
                return restsUntil;
            }
            restsUntil = 0;
            dequeued();
            outcome = write();
        }
        apply(outcome);
        return 0;
    }

    @Override
    public void onWritePossible() {
        WriteOutcome outcome;
        synchronized (lock) {
            stalled = false;
            outcome = write();
            restsUntil = System.nanoTime() + REST.toNanos() | 1;
        }
        apply(outcome);
    }

    @Override
    public void onError(Throwable failure) {
        fail();
    }

    @Override
    public void onError(AsyncEvent event) {
        fail();
        completion.completeAgain();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        fail();
        completion.completeAgain();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It is started once only.
    }

    @Override
    public void onComplete(AsyncEvent event) {
        gone = true;
        endSubscriber(DisconnectReason.CLOSED);
    }

    private WriteOutcome write() {
        if (gone) {
            return WriteOutcome.IDLE;
        }
        if (state == StreamState.CLOSED) {
            return completion.isOverdue() ? WriteOutcome.OVER : WriteOutcome.IDLE;
        }
        if (subscriber().ended() != null) {
            if (stalled) {
                return close();
            }
            if (written == 0 && !source.isOver()) {
                unwritten = takeFarewell();
                if (unwritten == null) {
                    return close();
                }
            }
        }
        byte[] bytes = unwritten;
        int from = written;
        unwritten = null;
        written = 0;
        for (int writes = 0; !stalled; ) {
            if (bytes == null && out.settled()) {
                if (subscriber().ended() != null) {
                    bytes = takeFarewell();
                    if (bytes == null) {
                        return close();
                    }
                    continue;
                }
                if (source.isOver()) {
                    return close();
                }
                boolean done = writes > 0 && !source.hasMore();
                if (!done && writes++ == MAX_WRITES) {
                    return WriteOutcome.MORE;
                }
                bytes = done ? null : take();
                if (subscriber().ended() != null && !source.isOver()) {
                    bytes = null;
                    continue;
                }
                if (bytes == null && source.hasMore()) {
                    return WriteOutcome.MORE;
                }
                bytes = bytes == null ? out.closingComment() : bytes;
                if (bytes == null) {
                    return WriteOutcome.IDLE;
                }
            }
            try {
                if (!out.isReady()) {
                    stalled = true;
                } else if (!out.settled()) {
                    out.flush();
                } else if (bytes != null) {
                    from = out.write(bytes, from);
                    if (from == bytes.length) {
                        bytes = null;
                        from = 0;
                    }
                }
            } catch (Throwable failure) {
                state = state.to(StreamState.CLOSED);
                return WriteOutcome.FAILED;
            }
        }
        // Stored only when it has to wait: a store at each write would be a reference from old to young, which is
        // expensive for the collector.
        unwritten = bytes;
        written = from;
        return WriteOutcome.IDLE;
    }

    private byte @Nullable [] take() {
        try {
            return source.take();
        } catch (Throwable failure) {
            FailureLog.error(LOG, "the hub ends a stream whose next events cannot be read", failure);
            endSubscriber(DisconnectReason.FAILED);
            return null;
        }
    }

    private byte @Nullable [] takeFarewell() {
        try {
            return source.takeFarewell();
        } catch (Throwable failure) {
            FailureLog.error(LOG, "a stream ends without its last words", failure);
            return null;
        }
    }

    private WriteOutcome close() {
        if (stalled) {
            // Completing now could hold a thread until the peer reads on or the container gives it up.
            if (state == StreamState.OPEN) {
                state = state.to(StreamState.CLOSING);
            }
            return WriteOutcome.IDLE;
        }
        state = state.to(StreamState.CLOSED);
        return WriteOutcome.OVER;
    }

    private void apply(WriteOutcome outcome) {
        switch (outcome) {
            case IDLE -> {}
            case MORE -> wake();
            case FAILED -> endSubscriber(DisconnectReason.CLOSED);
            case OVER -> completion.complete();
        }
    }

    private void fail() {
        synchronized (lock) {
            if (state != StreamState.CLOSED) {
                state = state.to(StreamState.CLOSED);
            }
        }
        endSubscriber(DisconnectReason.CLOSED);
        completion.complete();
    }

    private void endSubscriber(DisconnectReason reason) {
        try {
            subscriber().end(reason);
        } catch (Throwable failure) {
            // The timer has it end again.
            FailureLog.error(LOG, "a stream could not be ended", failure);
        }
    }
}
