package dev.tidings.ws;

import dev.tidings.event.Position;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.Subscriber;
import dev.tidings.logging.Logs;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.OpenStream;
import dev.tidings.stream.Streams;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket: sends the frames of its {@link FrameSource}, and the replies to its client's frames. It sends
 * one frame at a time, each when the peer's connection has taken the one before. Over 300 lines, since all of that is one order of steps
 * under one lock.
 *
 * <p><b>Threads.</b> Writers of ours call {@link #writePending}, and only they take the lock, so that it may be held
 * while the container is asked to send. The methods that the container calls, such as {@link #sent}, take no lock and
 * wake a writer.
 */
final class SocketStream extends OpenStream {

    private static final System.Logger LOG = Logs.of(SocketStream.class);

    /** After so many sends, the stream waits until its writer has served the others. */
    private static final int MAX_SENDS = 64;

    /** A take counts as so many sends, since it may read pages of history. */
    private static final int SENDS_OF_A_TAKE = 16;

    /** A send that takes longer had to wait for the peer, so that the peer has read something when it is done. */
    private static final long WAITED_NANOS = Duration.ofMillis(20).toNanos();

    private final Streams streams;
    private final ControlExecutor controls;
    private final ReplyQueue replies;
    private final Liveness liveness;
    private final Closing closing;
    private final Object lock = new Object();

    private final FrameSource<List<String>> source;
    private volatile @Nullable Socket socket;
    private volatile UnderWay underWay = UnderWay.NOTHING;
    private volatile long sendingSince;
    private volatile boolean pingDue;

    // Guarded by the lock.
    private boolean welcomed;
    private Iterator<String> unsent = Collections.emptyIterator();

    /** The call that the next frame has to wait for. */
    private enum UnderWay {
        NOTHING,
        /** A frame is with the container, which has not said yet that it was taken. */
        FRAME,
        /** A ping has not been made yet, since others are before it. */
        WAITING_PING,
        /** A ping is being made. */
        PING
    }

    /** @param source gives the frames to send, except replies */
    SocketStream(
            Streams streams,
            ControlExecutor controls,
            ReplyQueue replies,
            Liveness liveness,
            FrameSource<List<String>> source) {
        super(streams);
        this.streams = streams;
        this.controls = controls;
        this.replies = replies;
        this.liveness = liveness;
        this.closing = new Closing(controls);
        this.source = source;
    }

    @Override
    public Subscriber subscriber() {
        return source.subscriber();
    }

    /** The source of its frames, except replies. */
    FrameSource<List<String>> source() {
        return source;
    }

    /** Begins, before the request is upgraded. Called once. A peer that never arrives counts as silent after a while. */
    void begin() {
        register();
    }

    /** Called when the connection is open. */
    void connected(Socket connected) {
        socket = connected;
        peerActive();
        DisconnectReason reason = subscriber().ended();
        if (reason != null) {
            close(reason);
        }
        wake();
    }

    /** Notes a sign of life of the peer. */
    void peerActive() {
        liveness.active(streams.nanoTime());
    }

    /** Sends this reply to one of the client's frames, after the replies that wait. */
    void answer(Reply reply) {
        if (replies.offer(reply)) {
            wake();
        } else {
            endSubscriber(DisconnectReason.SLOW);
        }
    }

    /** Ends the stream, since the client has sent a frame above the limit. Returns whether that is the first such. */
    boolean refuseTooLarge() {
        boolean first = closing.tooLarge();
        endSubscriber(DisconnectReason.CLOSED);
        return first;
    }

    /** Ends it, if it has not ended. */
    void endSubscriber(DisconnectReason reason) {
        try {
            subscriber().end(reason);
        } catch (Throwable failure) {
            // The timer has it end again.
            FailureLog.error(LOG, "a WebSocket could not be ended", failure);
        }
    }

    @Override
    public void end(DisconnectReason reason) {
        close(reason);
    }

    @Override
    protected boolean replaying() {
        return source.replaying();
    }

    @Override
    protected boolean tick(Instant now, long nanos) {
        DisconnectReason reason = subscriber().ended();
        if (reason != null) {
            subscriber().end(reason);
            close(reason);
            return !closing.isDone() && (socket != null || !liveness.overdue(nanos));
        }
        if (silent(nanos)) {
            endSubscriber(DisconnectReason.SILENT);
            return true;
        }
        pingDue = liveness.needsPing(nanos);
        if (source.tick(now, nanos) || pingDue) {
            wake();
        }
        return true;
    }

    @Override
    protected long writePending() {
        synchronized (lock) {
            dequeued();
            try {
                write();
            } catch (Throwable failure) {
                FailureLog.error(LOG, "the hub ends a WebSocket whose next frame cannot be sent", failure);
                endSubscriber(DisconnectReason.FAILED);
            }
        }
        return 0;
    }

    private void write() {
        Socket open = socket;
        if (open == null) {
            return;
        }
        for (int sends = 0; underWay == UnderWay.NOTHING; sends++) {
            if (!unsent.hasNext()) {
                sends += SENDS_OF_A_TAKE;
                if (!takeMore(open)) {
                    return;
                }
            }
            if (subscriber().ended() != null) {
                unsent = Collections.emptyIterator();
                return;
            }
            if (sends >= MAX_SENDS) {
                wake();
                return;
            }
            send(open, unsent.next());
        }
    }

    /** Looks for frames to send; false when there are none now. */
    private boolean takeMore(Socket open) {
        List<String> next = take();
        if (next != null) {
            unsent = next.iterator();
        }
        if (pingDue) {
            ping(open, subscriber().peerPosition());
        } else if (next == null && source.hasMore()) {
            wake();
        }
        return underWay == UnderWay.NOTHING && unsent.hasNext();
    }

    private @Nullable List<String> take() {
        try {
            List<Reply> waiting = welcomed ? replies.take() : List.of();
            welcomed = true;
            waiting.forEach(reply -> reply.whenTaken().run());
            return waiting.isEmpty()
                    ? source.take()
                    : waiting.stream().map(Reply::frame).toList();
        } catch (Throwable failure) {
            FailureLog.error(LOG, "the hub ends a WebSocket whose next events cannot be read", failure);
            endSubscriber(DisconnectReason.FAILED);
            return null;
        }
    }

    private void send(Socket open, String text) {
        sendingSince = streams.nanoTime();
        underWay = UnderWay.FRAME;
        try {
            open.send(text, this::sent);
        } catch (Throwable failure) {
            endSubscriber(DisconnectReason.CLOSED);
        }
    }

    /** The container calls this, within {@link #send} or later, when it has sent a frame or failed to. */
    private void sent(SendResult result) {
        if (!result.isOK()) {
            endSubscriber(DisconnectReason.CLOSED);
            return;
        }
        if (streams.nanoTime() - sendingSince > WAITED_NANOS) {
            peerActive();
        }
        underWay = UnderWay.NOTHING;
        if (!Thread.holdsLock(lock)) {
            wake();
        }
    }

    /** Whether the peer should have given a sign of life: it never came, takes nothing, or has not answered a ping. */
    private boolean silent(long nanos) {
        if (!liveness.overdue(nanos)) {
            return false;
        }
        return socket == null
                || switch (underWay) {
                    case FRAME -> liveness.isLong(nanos - sendingSince) || liveness.leftUnanswered(nanos);
                    case WAITING_PING -> false;
                    case NOTHING, PING -> liveness.leftUnanswered(nanos);
                };
    }

    /** Pings by another thread, since that may take its time; nothing else is sent meanwhile. */
    private void ping(Socket open, Position reached) {
        pingDue = false;
        underWay = UnderWay.WAITING_PING;
        try {
            controls.run(() -> carryPing(open, reached));
        } catch (Throwable failure) {
            underWay = UnderWay.NOTHING;
            FailureLog.error(LOG, "a WebSocket could not be pinged; the hub tries again", failure);
        }
    }

    private void carryPing(Socket open, Position reached) {
        liveness.pinged(streams.nanoTime());
        underWay = UnderWay.PING;
        try {
            open.ping(reached);
        } catch (Throwable failure) {
            endSubscriber(DisconnectReason.CLOSED);
        }
        underWay = UnderWay.NOTHING;
        wake();
    }

    private void close(DisconnectReason reason) {
        Socket open = socket;
        if (open != null) {
            closing.close(open, reason);
        }
    }
}
