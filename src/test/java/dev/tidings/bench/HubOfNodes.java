package dev.tidings.bench;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hub of one or more nodes, each on a Jetty of its own.
 *
 * <p><b>Threads.</b> Any may ask; one closes.
 *
 * @param nodes the nodes, of which any serves any request
 */
record HubOfNodes(String name, List<Target> nodes) implements AutoCloseable {

    /** Room for a third of ten thousand streams, and for a history in memory. */
    private static final int HEAP_MEGABYTES = 512;

    /** Starts so many nodes with this log, and waits until they are ready. */
    static HubOfNodes start(String name, int count, String log) {
        List<Target> nodes = new ArrayList<>();
        var hub = new HubOfNodes(name, nodes);
        try {
            for (int i = 1; i <= count; i++) {
                ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY)
                        .heap(HEAP_MEGABYTES)
                        .set("tidings.log", log)
                        .set("tidings.node", name + "-" + i);
                nodes.add(node(log.startsWith("redis:") ? spec.set("tidings.redis.hub", name) : spec));
            }
            return hub;
        } catch (RuntimeException | Error failure) {
            hub.close();
            throw failure;
        }
    }

    private static Target node(ContainerSpec spec) {
        Container container = spec.start();
        try {
            Eventually.holds(container + " is ready", container::isReady);
        } catch (AssertionError late) {
            container.close();
            throw late;
        }
        return new HubTarget(
                spec.settings().get("tidings.node"),
                container.uri(),
                ProcessHandle.of(container.pid()),
                Access.minting(Tokens.SECRET, HubTarget.TOPICS),
                HubTarget.TOPICS,
                Optional.empty(),
                container::close);
    }

    @Override
    public void close() {
        nodes.forEach(Target::close);
    }
}
