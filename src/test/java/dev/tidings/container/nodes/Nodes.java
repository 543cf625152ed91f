package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A hub of several nodes, each in a container of its own, and its Redis.
 *
 * <p><b>Threads.</b> One.
 */
final class Nodes implements AutoCloseable {

    private final RedisServer redis;
    private final List<Container> containers = new ArrayList<>();

    private Nodes(RedisServer redis) {
        this.redis = redis;
    }

    /** A Redis that stores everything at once, and no node yet. */
    static Nodes none() {
        return new Nodes(RedisServer.start("appendonly yes", "appendfsync always"));
    }

    /** As many nodes as there are kinds here; the first is called {@code node-1}. All are ready. */
    static Nodes start(ContainerKind... kinds) {
        Nodes nodes = none();
        try {
            for (ContainerKind kind : kinds) {
                nodes.add(kind);
            }
            nodes.containers.forEach(Nodes::awaitReady);
            return nodes;
        } catch (Throwable failure) {
            nodes.close();
            throw failure;
        }
    }

    /** Starts another node, which need not be ready. */
    Container add(ContainerKind kind) {
        return add(kind, redis.address());
    }

    /** Starts another node that reaches Redis at this address. */
    Container add(ContainerKind kind, String address) {
        return add(kind, address, spec -> spec);
    }

    /** Starts another node that is set up further. */
    Container add(ContainerKind kind, UnaryOperator<ContainerSpec> further) {
        return add(kind, redis.address(), further);
    }

    private Container add(ContainerKind kind, String address, UnaryOperator<ContainerSpec> further) {
        ContainerSpec spec = ContainerSpec.of(kind)
                .set("tidings.log", address)
                .set("tidings.node", "node-" + (containers.size() + 1))
                .set("tidings.heartbeat", "500ms")
                .set("tidings.drain", "1s");
        Container node = further.apply(spec).start();
        containers.add(node);
        return node;
    }

    RedisServer redis() {
        return redis;
    }

    /** The node that was started as the n-th, from 1 on. */
    Container node(int n) {
        return containers.get(n - 1);
    }

    /** The name of a node. */
    String name(Container node) {
        return "node-" + (containers.indexOf(node) + 1);
    }

    /** How many keys of Redis have names of this form, the hub's name left out. */
    int keys(String form) {
        String keys = redis.command("KEYS", "{tidings}:" + form);
        return keys.equals("[]") ? 0 : keys.split(",").length;
    }

    static void awaitReady(Container node) {
        Eventually.passes(() ->
                assertThat(Site.send(node, "GET", "/health/ready").status()).isEqualTo(200));
    }

    @Override
    public void close() {
        try {
            containers.forEach(Container::close);
        } finally {
            redis.close();
        }
    }
}
