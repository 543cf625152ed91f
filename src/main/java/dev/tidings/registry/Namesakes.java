package dev.tidings.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out that another node has the name of this one. Operators could not tell the two apart.
 *
 * <p>A node that was killed has left its lease, and is started again under its name. So only a lease that is renewed is another
 * node's.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class Namesakes {

    private static final System.Logger LOG = System.getLogger(Namesakes.class.getName());

    private final String name;
    private Map<String, String> seen = Map.of();
    private boolean said;

    /** @param name that of this node */
    Namesakes(String name) {
        this.name = name;
    }

    /** Looks at the leases of the other nodes, as they are now. Returns whether one of this name was renewed. */
    boolean look(List<NodeLease> others) {
        var now = new HashMap<String, String>();
        boolean found = false;
        for (NodeLease other : others) {
            if (other.name().equals(name) && other.state() != NodeLease.State.TAKEN) {
                now.put(other.node(), other.entry());
                String before = seen.get(other.node());
                found |= before != null && !before.equals(other.entry());
            }
        }
        seen = now;
        if (found && !said) {
            said = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Another node of this hub has the name \"" + name
                            + "\", too, so operators cannot tell the two apart."
                            + " Give each node a name of its own with tidings.node");
        }
        return found;
    }
}
