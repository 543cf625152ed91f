package dev.tidings.hub;

import java.time.Instant;
import java.util.List;

/**
 * Why one stream got an event, or did not.
 *
 * @param client the id of its client
 * @param connectedAt when it came
 * @param node the name of the node it is connected to
 * @param asked the selectors that it asks for and that match the event, the first few
 * @param granted the selectors of its grant that match the event, the first few
 * @param before how many events wait before this one, if it waits
 * @param why the same as a sentence
 */
public record Explanation(
        String client,
        Instant connectedAt,
        String node,
        List<String> asked,
        List<String> granted,
        Verdict verdict,
        int before,
        String why) {

    /**
     * Some of the explanations for a user, in the order of the clients' ids.
     *
     * @param more whether there are others after them
     */
    public record Page(List<Explanation> explanations, boolean more) {}
}
