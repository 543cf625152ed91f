package dev.tidings.hub;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself, once in a while.
 *
 * @param node the name that operators gave it
 * @param state whether it takes requests
 * @param since when that began
 * @param fault why it does not, as a sentence; null if it does
 * @param time when it says so, by its own clock
 * @param figures what has gone through it since the report before, as the text of a JSON object
 */
public record NodeReport(
        String node,
        NodeState state,
        Instant since,
        @Nullable String fault,
        Instant time,
        String figures) {

    /** The last words of a node that stops, with the same figures. */
    public NodeReport stopped(Instant now) {
        return new NodeReport(node, NodeState.AWAY, now, "it was stopped", time, figures);
    }
}
