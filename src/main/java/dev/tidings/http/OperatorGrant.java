package dev.tidings.http;

import dev.tidings.auth.ForbiddenException;
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
     * Returns if one of the selectors names one of these topics.
     *
     * @param selectors those to subscribe of whoever reads, and those to publish of whoever changes something
     * @param topics the path of the resource, and its other spellings
     * @param word what a selector has to begin with to name it
     * @throws ForbiddenException naming the first topic
     */
    public static void require(SelectorSet selectors, List<String> topics, String word) {
        if (topics.stream().noneMatch(topic -> selectors.names(topic, word))) {
            throw new ForbiddenException("no selector of the token begins with " + word + " and matches \""
                    + topics.get(0) + "\"; * does not make an operator");
        }
    }
}
