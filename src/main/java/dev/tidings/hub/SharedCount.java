package dev.tidings.hub;

import java.util.Map;

/**
 * Something that each node counts by key, and that is bounded over all nodes of a hub. Nodes tell each other what they count, a few
 * times a second. So a bound holds for all of them together, with that delay.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
public interface SharedCount {

    /** Its name among the counts of the hub. */
    String name();

    /**
     * What the other nodes do not know yet of this node's counts. It counts as told from now on.
     *
     * @param most the most keys
     * @return by key; empty if there is nothing new
     */
    Map<String, Integer> news(int most);

    /**
     * There are other nodes, and they may have missed what they were told, or are new: all is news again. Called before the first
     * {@link #news}.
     */
    void tellAgain();

    /** Another node has told this. */
    void told(String node, Map<String, Integer> news);

    /** Another node is gone, and what it has told with it. */
    void forget(String node);
}
