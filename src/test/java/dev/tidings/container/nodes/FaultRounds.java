package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A node in each container behind a balancer that picks at random, with {@link Traffic} on them, and what is done to them.
 *
 * <p><b>Threads.</b> One.
 */
final class FaultRounds implements AutoCloseable {

    /** How many events have to go by, so that there is something to lose. */
    private static final int FEW = 50;

    private final Nodes nodes;
    private final Map<ContainerKind, String> addresses;
    private final Map<ContainerKind, Container> running = new EnumMap<>(ContainerKind.class);
    private final CuttableProxy balancer;
    private final Traffic traffic;

    /**
     * Starts all of it, and waits until it is on its way.
     *
     * @param nodes none yet; closed with this
     * @param addresses where each node reaches Redis
     */
    FaultRounds(Nodes nodes, Map<ContainerKind, String> addresses) {
        this.nodes = nodes;
        this.addresses = addresses;
        addresses.forEach((kind, address) -> running.put(kind, nodes.add(kind, address)));
        running.values().forEach(Nodes::awaitReady);
        balancer = CuttableProxy.to(uris());
        traffic = new Traffic(balancer.uri(""));
    }

    /** Waits until this node has noticed that Redis is away, and events have gone by it. */
    void awaitPassedBy(ContainerKind kind) {
        awaitNotReady(running.get(kind));
        traffic.flow(FEW);
    }

    /** Waits until all nodes have noticed that Redis is away. */
    void awaitNoneReady() {
        running.values().forEach(FaultRounds::awaitNotReady);
    }

    private static void awaitNotReady(Container node) {
        Eventually.passes(() ->
                assertThat(Site.send(node, "GET", "/health/ready").status()).isEqualTo(503));
    }

    /** Ends a node at once, and waits until events have gone by. */
    void kill(ContainerKind kind) {
        running.get(kind).kill();
        traffic.flow(FEW);
    }

    /** Drains a node, as operators do at any other one, and stops it when its clients are gone. */
    void drain(ContainerKind kind) {
        Container node = running.get(kind);
        Container other =
                running.values().stream().filter(one -> one != node).findAny().orElseThrow();
        String name = nodes.name(node);
        String operator = "Authorization: "
                + Tokens.grant("root", List.of("/hub/drain"), List.of("/clients"))
                        .bearer();
        assertThat(Site.send(other, "POST", "/hub/drain?node=" + name, operator).status())
                .isEqualTo(202);
        Eventually.passes(() -> assertThat(Site.send(other, "GET", "/clients?node=" + name, operator)
                        .body())
                .isEqualTo("[]\n"));
        node.close();
        traffic.flow(FEW);
    }

    /** Starts another node where one is gone. */
    void replace(ContainerKind kind) {
        running.put(kind, nodes.add(kind, addresses.get(kind)));
        balancer.leadTo(uris());
    }

    /** Publishes an event, and waits until each client has it. */
    void mark() {
        traffic.mark();
    }

    /** Does a fault and repairs it, sees that all goes on, checks what each client was told, and says how long it took. */
    void round(String name, Traffic.Loss loss, Runnable fault, Runnable repair) {
        Set<String> before = traffic.answered();
        String from = traffic.mark();
        fault.run();
        repair.run();
        long repaired = System.nanoTime();
        traffic.mark();
        long goesOn = System.nanoTime();
        traffic.flow(FEW);
        Set<String> answered = traffic.answered();
        answered.removeAll(before);
        String to = traffic.mark();
        running.values().forEach(Nodes::awaitReady);
        traffic.check(from, to, loss, answered, loss == Traffic.Loss.NEWEST ? stored(to) : Set.of());
        traffic.checkPresence(List.copyOf(running.values()));
        System.out.printf(
                "%s: %d ms until each client had what was published next, %d ms until each node showed each client%n",
                name,
                TimeUnit.NANOSECONDS.toMillis(goesOn - repaired),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - repaired));
    }

    @Override
    public void close() {
        try (nodes;
                balancer) {
            traffic.close();
        }
    }

    private URI[] uris() {
        return running.values().stream().map(Container::uri).toArray(URI[]::new);
    }

    /** The data of all events that history stores, up to this mark. */
    private Set<String> stored(String mark) {
        var all = new HashSet<String>();
        String target = Streams.events(traffic.topic()) + "&lastEventID=earliest";
        try (StreamRecorder stream =
                Streams.open(running.get(ContainerKind.JETTY).stream(target).with(Tokens.operator()))) {
            while (!all.contains(mark)) {
                all.add(String.valueOf(stream.next().data()));
            }
        }
        return all;
    }
}
