package dev.tidings.hub;

import java.util.List;

/**
 * The nodes of a hub, for those who operate them.
 *
 * <p><b>Threads.</b> Any that holds no lock of the hub. {@link #drain} and {@link #awaitAll} wait for other nodes, for a
 * bounded time.
 */
public interface Nodes {

    /** The nodes that were heard of lately, this one among them, by their names. */
    List<Node> list();

    /** Tells what this node says of itself, every {@link NodeReports#PERIOD}. Never waits. */
    void tell(NodeReport report);

    /**
     * Waits until every node has done what it was told before, by a command to all of them.
     *
     * @throws RegistryUnavailableException if one does not answer
     */
    void awaitAll();

    /**
     * Has the node with this name drain. It has begun to when this returns.
     *
     * @return whether there is such a node
     * @throws RegistryUnavailableException if it cannot be told now
     */
    boolean drain(String name);
}
