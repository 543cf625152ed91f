package dev.tidings.ws;

import dev.tidings.http.Problem;
import dev.tidings.http.RefusalLog;
import dev.tidings.hub.FailureLog;
import dev.tidings.logging.Logs;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the frames of one client from the parts in which the container delivers them, and answers each frame.
 *
 * <p>A frame above the limit ends the stream. Every other fault is answered, and the stream stays open.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class FrameAssembler {

    private static final System.Logger LOG = Logs.of(FrameAssembler.class);

    private final FrameHandler handler;
    private final SocketSession session;
    private final SocketStream stream;
    private final @Nullable RefusalLog refusals;
    private final int maxBytes;

    private final StringBuilder text = new StringBuilder(0);
    private long bytes;

    /** Whether memory ran out for the current frame, so that its remaining parts are skipped. */
    private boolean skipping;

    /**
     * @param refusals is told of frames that are refused; null if nobody is
     * @param maxBytes the most bytes that one frame may have
     */
    FrameAssembler(
            FrameHandler handler,
            SocketSession session,
            SocketStream stream,
            @Nullable RefusalLog refusals,
            int maxBytes) {
        this.handler = handler;
        this.session = session;
        this.stream = stream;
        this.refusals = refusals;
        this.maxBytes = maxBytes;
    }

    /** A part of a text frame, the last or not. */
    void onText(String part, boolean last) {
        try {
            addText(part, last);
        } catch (OutOfMemoryError shortage) {
            text.setLength(0);
            text.trimToSize();
            FailureLog.error(LOG, "a frame of a WebSocket failed for lack of memory", shortage);
            bytes = last ? 0 : bytes;
            boolean answered = skipping;
            skipping = !last;
            if (!answered) {
                stream.answer(Reply.of(ServerFrames.error(null, Problem.of(shortage))));
            }
        }
    }

    private void addText(String part, boolean last) {
        if (!fits(part.getBytes(StandardCharsets.UTF_8).length)) {
            return;
        }
        if (skipping) {
            // The rest of a frame that was answered already.
            skipping = !last;
            bytes = last ? 0 : bytes;
            return;
        }
        text.append(part);
        if (last) {
            String frame = text.toString();
            forget();
            stream.answer(answer(frame));
        }
    }

    /** A part of a binary frame, the last or not. */
    void onBinary(ByteBuffer part, boolean last) {
        if (fits(part.remaining()) && last) {
            forget();
            Problem problem = new Problem(415, "Frames are JSON in text frames; this one was a binary frame.");
            log(problem);
            stream.answer(Reply.of(ServerFrames.error(null, problem)));
        }
    }

    /**
     * Counts so many more bytes of the frame. Returns false when the frame is too large, which ends the stream, or
     * when the stream has ended.
     */
    private boolean fits(int more) {
        if (session.subscriber().ended() != null) {
            // After its end a client gets no answers until the connection is closed.
            return false;
        }
        stream.peerActive();
        bytes += more;
        if (bytes > maxBytes) {
            text.setLength(0);
            if (stream.refuseTooLarge()) {
                log(new Problem(
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                        "The frame has more than " + maxBytes + " bytes (tidings.ws.frame-size). The connection is"
                                + " closed with 1009."));
            }
            return false;
        }
        return true;
    }

    private void forget() {
        bytes = 0;
        text.setLength(0);
        text.trimToSize();
    }

    private Reply answer(String said) {
        ClientFrame frame = null;
        try {
            frame = ClientFrame.read(said);
            return handler.serve(frame, session);
        } catch (RuntimeException | OutOfMemoryError refusal) {
            Problem problem = Problem.of(refusal);
            if (problem.status() == 500) {
                LOG.log(System.Logger.Level.ERROR, "failed: a frame of a WebSocket", refusal);
            }
            log(problem);
            return Reply.of(ServerFrames.error(ref(frame), problem));
        }
    }

    private void log(Problem problem) {
        if (refusals != null) {
            refusals.frameRefused(session.subscriber().id(), session.grant().user(), problem);
        }
    }

    private static @Nullable String ref(@Nullable ClientFrame frame) {
        return frame == null ? null : frame.ref();
    }
}
