package dev.tidings.registry;

import dev.tidings.hub.Drain;
import dev.tidings.hub.Node;
import dev.tidings.hub.NodeReport;
import dev.tidings.hub.NodeReports;
import dev.tidings.hub.Nodes;
import java.util.List;
import java.util.UUID;

/**
 * The nodes of a hub that has many.
 *
 * <p><b>Threads.</b> Any, as {@link Nodes} says.
 */
final class SharedNodes implements Nodes {

    private final String node;
    private final String name;
    private final Drain drain;
    private final Inquiry inquiry;
    private final NodeReports reports;
    private final ReportExchange exchange;
    private final Runnable wake;

    /**
     * @param node this node's id
     * @param name the name that operators gave it
     * @param drain how it is drained
     * @param reports those of all nodes
     * @param exchange gets them there
     * @param wake has it do so soon
     */
    SharedNodes(
            String node,
            String name,
            Drain drain,
            Inquiry inquiry,
            NodeReports reports,
            ReportExchange exchange,
            Runnable wake) {
        this.node = node;
        this.name = name;
        this.drain = drain;
        this.inquiry = inquiry;
        this.reports = reports;
        this.exchange = exchange;
        this.wake = wake;
    }

    @Override
    public List<Node> list() {
        return reports.all();
    }

    @Override
    public void tell(NodeReport report) {
        exchange.tell(report);
        wake.run();
    }

    @Override
    public void awaitAll() {
        inquiry.all(Question.hear(UUID.randomUUID().toString(), node));
    }

    @Override
    public boolean drain(String wanted) {
        return drainHere(wanted)
                || inquiry
                        .until(
                                Question.drain(UUID.randomUUID().toString(), node, wanted),
                                answer -> answer.number() > 0)
                        .stream()
                        .anyMatch(answer -> answer.number() > 0);
    }

    /** Has this node drain, if it is meant. Returns whether it is. */
    boolean drainHere(String wanted) {
        boolean meant = name.equals(wanted);
        if (meant) {
            drain.begin();
        }
        return meant;
    }
}
