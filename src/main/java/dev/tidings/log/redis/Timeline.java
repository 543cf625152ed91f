package dev.tidings.log.redis;

import dev.tidings.event.Position;
import dev.tidings.hub.Positions;

/**
 * What a node has seen of a log since it last began: everything up to {@link #end} without a loss.
 *
 * <p>It goes on through a new life of the log if nothing that this node has seen was lost. Otherwise it stays as it is for ever,
 * and another takes its place. Streams keep the one in which they began.
 *
 * <p><b>Threads.</b> Any.
 */
final class Timeline implements Positions {

    private volatile LogState state;
    private volatile long end;

    Timeline(LogState state) {
        this.state = state;
        this.end = state.end();
    }

    /** The newest state of the log that goes on from here. */
    LogState state() {
        return state;
    }

    /** The sequence number of the newest event that this node knows of. */
    long end() {
        return end;
    }

    /** The newest event was read. */
    synchronized void reach(long sequence) {
        end = Math.max(end, sequence);
    }

    /**
     * Takes note of a state.
     *
     * @return false if the log has lost something that this node has seen
     */
    synchronized boolean goOn(LogState next) {
        if (!next.isNewerThan(state)) {
            return true;
        }
        // Within a life nothing is lost, and an answer may be older than what was read since.
        boolean sameLife =
                next.lives().present().epoch().equals(state.lives().present().epoch());
        if (!sameLife && !next.lives().holds(at(end), next.end())) {
            return false;
        }
        state = next;
        end = Math.max(end, next.end());
        return true;
    }

    @Override
    public Position at(long sequence) {
        return state.lives().at(sequence);
    }
}
