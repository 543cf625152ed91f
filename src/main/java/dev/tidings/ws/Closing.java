package dev.tidings.ws;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.FailureLog;
import dev.tidings.logging.Logs;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes the connection of one WebSocket, whatever fails meanwhile. When closing fails for a reason of ours, such as
 * memory, the next call of {@link #close} repeats it.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
final class Closing {

    private static final System.Logger LOG = Logs.of(Closing.class);

    private final ControlExecutor controls;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean tooLarge = new AtomicBoolean();
    private volatile boolean done;

    Closing(ControlExecutor controls) {
        this.controls = controls;
    }

    /** Notes that the client has sent a frame above the limit; the close code will tell it. Returns whether it was the first. */
    boolean tooLarge() {
        return !tooLarge.getAndSet(true);
    }

    /** Whether the container has been told. */
    boolean isDone() {
        return done;
    }

    /** Closes it, unless that is under way or done. */
    void close(Socket open, DisconnectReason reason) {
        if (begun.getAndSet(true)) {
            return;
        }
        try {
            controls.run(() -> carryOut(open, reason));
        } catch (Throwable failure) {
            again(failure);
        }
    }

    private void carryOut(Socket open, DisconnectReason reason) {
        try {
            open.close(tooLarge.get() ? CloseCodes.TOO_BIG : code(reason), reason.toString());
            done = true;
        } catch (Exception gone) {
            done = true;
            LOG.log(System.Logger.Level.DEBUG, "a WebSocket was gone before it could be closed", gone);
        } catch (Throwable failure) {
            again(failure);
        }
    }

    private void again(Throwable failure) {
        begun.set(false);
        FailureLog.error(LOG, "a WebSocket could not be closed; the hub tries again", failure);
    }

    private static CloseCode code(DisconnectReason reason) {
        return switch (reason) {
            case CLOSED -> CloseCodes.NORMAL_CLOSURE;
            case DRAINED -> CloseCodes.GOING_AWAY;
            case DISCONNECTED, EXPIRED, REVOKED, SILENT -> CloseCodes.VIOLATED_POLICY;
            case SLOW -> CloseCodes.TRY_AGAIN_LATER;
            case FAILED, LOST -> CloseCodes.UNEXPECTED_CONDITION;
        };
    }
}
