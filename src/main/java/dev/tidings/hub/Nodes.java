package dev.tidings.hub;

/**
 * The nodes of a hub, for those who operate them.
 *
 * <p><b>Threads.</b> Any that holds no lock of the hub. Another node is waited for, for a bounded time.
 */
public interface Nodes {

    /**
     * Has the node with this name drain. It has begun to when this returns.
     *
     * @return whether there is such a node
     * @throws RegistryUnavailableException if it cannot be told now
     */
    boolean drain(String name);
}
