package dev.tidings.ops;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import dev.tidings.hub.Hub;
import dev.tidings.hub.NodeReport;
import dev.tidings.hub.NodeReports;
import dev.tidings.hub.NodeState;
import dev.tidings.hub.Nodes;
import dev.tidings.hub.TopicInterest;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells operators how this node is: a report every {@link NodeReports#PERIOD}, and one at once when its state changes. While somebody
 * follows them, its newest figures are a passing event each second, of the type {@code node.figures}, on {@code /hub/nodes/{node}}, for
 * grants that name it. When its state changes, that is a line in the log.
 *
 * <p><b>Threads.</b> One of its own. Only {@link #close} waits.
 */
public final class NodeReporter implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(NodeReporter.class);

    /** Below it are the topics of these events. */
    public static final String PREFIX = NodesServlet.PATH + "/";

    private static final String TYPE = "node.figures";

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Hub hub;
    private final Nodes nodes;
    private final String node;
    private final Health health;
    private final TopicInterest interest;
    private final Clock clock;
    private final Figures reported;
    private final Figures passed;
    private final WorkerThread thread = new WorkerThread("tidings-figures", WorkerThread.LONGEST_STEP, this::step);

    // Used by the thread alone.
    private @Nullable NodeReport last;
    private boolean followed;

    /**
     * @param nodes are told
     * @param node the name of this node
     * @param interest that in the topics below {@link #PREFIX}
     */
    public NodeReporter(
            Hub hub,
            Nodes nodes,
            String node,
            StreamCounts streams,
            Health health,
            TopicInterest interest,
            Clock clock) {
        this.hub = hub;
        this.nodes = nodes;
        this.node = node;
        this.health = health;
        this.interest = interest;
        this.clock = clock;
        this.reported = new Figures(hub, streams, System::nanoTime);
        this.passed = new Figures(hub, streams, System::nanoTime);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.close();
    }

    private long step() {
        if (thread.isClosed()) {
            return WorkerThread.IDLE;
        }
        Instant now = clock.instant();
        String fault = health.notReady();
        NodeState state = state(fault);
        NodeReport before = last;
        Instant since = before != null && before.state() == state ? before.since() : null;
        if (since == null || reported.age().compareTo(NodeReports.PERIOD) >= 0) {
            NodeReport report =
                    new NodeReport(node, state, since == null ? now : since, fault, now, Json.text(reported.next(now)));
            last = report;
            if (since == null && before != null) {
                say(report, before);
            }
            nodes.tell(report);
        }
        pass(state, now);
        return SECOND.toNanos();
    }

    private static void say(NodeReport now, NodeReport before) {
        switch (now.state()) {
            case READY ->
                LOG.log(
                        Level.INFO,
                        LogLine.of("this node is ready again")
                                .add(
                                        "seconds",
                                        Duration.between(before.since(), now.since())
                                                .toSeconds()));
            case DRAINING -> LOG.log(Level.INFO, "this node drains: its streams end in waves, and it takes no others");
            case AWAY ->
                LOG.log(Level.WARNING, LogLine.of("this node is not ready").add("fault", now.fault()));
        }
    }

    private NodeState state(@Nullable String fault) {
        if (hub.drain().hasBegun()) {
            return NodeState.DRAINING;
        }
        return fault == null ? NodeState.READY : NodeState.AWAY;
    }

    /** Whoever begins to follow gets the figures of the next second, and not those of all the time before. */
    private void pass(NodeState state, Instant now) {
        boolean before = followed;
        followed = hub.isFollowed(interest);
        if (!followed) {
            return;
        }
        Map<String, Object> figures = passed.next(now);
        if (before) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("node", node);
            entry.put("state", state.toString());
            entry.putAll(figures);
            hub.pass(new PublishRequest(NodesServlet.topics(node), TYPE, Json.text(entry), null, null, true));
        }
    }
}
