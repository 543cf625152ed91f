package dev.tidings.hub;

import java.util.List;

/**
 * The nodes of a hub that has one.
 *
 * <p><b>Threads.</b> Any. Nothing waits.
 */
public final class LocalNodes implements Nodes {

    private final String name;
    private final Drain drain;
    private final NodeReports reports;

    /**
     * @param name the name of this node
     * @param drain how it is drained
     */
    public LocalNodes(String name, Drain drain) {
        this.name = name;
        this.drain = drain;
        this.reports = new NodeReports(name, System::nanoTime);
    }

    @Override
    public List<Node> list() {
        return reports.all();
    }

    @Override
    public void tell(NodeReport report) {
        reports.tell(report);
    }

    @Override
    public void awaitAll() {
        // There is no other.
    }

    @Override
    public boolean drain(String wanted) {
        boolean meant = wanted.equals(name);
        if (meant) {
            drain.begin();
        }
        return meant;
    }
}
