package dev.tidings.http;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.selector.SelectorSet;
import java.util.List;

/**
 * Decides who operates the hub: whoever has a selector that matches the path of what is operated, and that names it.
 *
 * <p><b>Threads.</b> Any.
 */
public final class OperatorGrant {

    private OperatorGrant() {}

    /**
     * Returns if the sender may read what is there: one of its selectors to subscribe names one of these topics.
     *
     * @param topics the path of the resource, and its other spellings
     * @param word what a selector has to begin with to name it
     * @throws ForbiddenException naming the claim, and the first topic
     * @throws UnauthorizedException if there is no token
     */
    public static void requireToRead(Authentication sender, List<String> topics, String word) {
        require(sender.requireGrant().subscribe(), "mercure.subscribe", topics, word);
    }

    /** As {@link #requireToRead}, of whoever changes something: by its selectors to publish. */
    public static void requireToChange(Authentication sender, List<String> topics, String word) {
        require(sender.requireGrant().publish(), "mercure.publish", topics, word);
    }

    private static void require(SelectorSet selectors, String claim, List<String> topics, String word) {
        if (topics.stream().noneMatch(topic -> selectors.names(topic, word))) {
            throw new ForbiddenException("no selector in the token's claim " + claim + " begins with " + word
                    + " and matches \"" + topics.get(0) + "\"; * does not make an operator");
        }
    }
}
