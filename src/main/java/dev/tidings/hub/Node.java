package dev.tidings.hub;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a hub, as its operators see it.
 *
 * @param name the name that they gave it
 * @param state whether it takes requests
 * @param since when that began; of a node that is not heard of, when it was heard of last
 * @param fault why it takes none, as a sentence; null if it does
 * @param here whether it is the one that is asked
 * @param figures those of its reports, the oldest first, each as the text of a JSON object
 */
public record Node(
        String name,
        NodeState state,
        Instant since,
        @Nullable String fault,
        boolean here,
        List<String> figures) {}
