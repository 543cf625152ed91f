package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leases of all nodes of a hub, in Redis.
 *
 * <p><b>Threads.</b> One renews and takes. Any may ask for the others, each with a connection of its own.
 */
final class NodeLeases {

    private final RedisScript renew = new RedisScript(RegistryScripts.source("renew.lua"));
    private final RedisScript take = new RedisScript(RegistryScripts.source("take.lua"));
    private final LeaseWatch watch = new LeaseWatch(System::nanoTime);
    private final RegistryKeys keys;
    private final String node;
    private final String name;
    private long written;

    /**
     * @param node this node's id
     * @param name the name that operators gave it
     */
    NodeLeases(RegistryKeys keys, String node, String name) {
        this.keys = keys;
        this.node = node;
        this.name = name;
    }

    /**
     * What a renewal has found.
     *
     * @param before this node's lease before; null if there was none
     * @param others the leases of the other nodes
     */
    record Renewal(@Nullable NodeLease before, List<NodeLease> others) {}

    /** Redis may have been away until now, so that no node could renew its lease. */
    void connected() {
        watch.forget();
    }

    /** Renews this node's lease. */
    Renewal renew(RedisConnection connection, NodeLease.State state) {
        NodeLease lease = NodeLease.of(node, once(), state, name);
        List<?> reply = (List<?>)
                requireNonNull(renew.run(connection, List.of(keys.nodes()), List.of(utf8(node), utf8(lease.entry()))));
        String before = NodeLease.text(reply.get(0));
        List<NodeLease> others = others((List<?>) reply.get(1));
        watch.look(others);
        return new Renewal(before.isEmpty() ? null : NodeLease.read(utf8(node), utf8(before)), others);
    }

    /** The nodes that can be asked, this one left out. */
    List<NodeLease> others(RedisConnection connection) {
        List<?> all = (List<?>) requireNonNull(connection.call("HGETALL", keys.nodes()));
        return others(all).stream().filter(this::isHeld).toList();
    }

    /** Whether a node can be asked. */
    boolean isHeld(NodeLease lease) {
        return lease.state() != NodeLease.State.TAKEN && !watch.isSilent(lease);
    }

    /** Whether nobody has renewed a lease, or done what it was taken for, in time. */
    boolean isSilent(NodeLease lease) {
        return watch.isSilent(lease);
    }

    /** This node's id. */
    String node() {
        return node;
    }

    /** The name that operators gave this node. */
    String name() {
        return name;
    }

    /** Gives this node's lease up. */
    void giveUp(RedisConnection connection) {
        connection.call("HDEL", keys.nodes(), utf8(node));
    }

    /**
     * Takes what a silent node has left.
     *
     * @return the lease from now on; null if another node takes it, or the node is back
     */
    @Nullable
    NodeLease take(RedisConnection connection, NodeLease silent) {
        NodeLease taken = NodeLease.of(silent.node(), once(), NodeLease.State.TAKEN, silent.name());
        return replace(connection, silent, taken.entry()) ? taken : null;
    }

    /** All that a node has left is told, and is deleted, unless the node is back. */
    void forget(RedisConnection connection, NodeLease taken) {
        replace(connection, taken, "");
    }

    private boolean replace(RedisConnection connection, NodeLease known, String entry) {
        Object done = take.run(
                connection,
                List.of(keys.nodes(), keys.clients(known.node())),
                List.of(utf8(known.node()), utf8(known.entry()), utf8(entry)));
        return Long.valueOf(1).equals(done);
    }

    private List<NodeLease> others(List<?> entries) {
        var others = new ArrayList<NodeLease>();
        for (int i = 0; i + 1 < entries.size(); i += 2) {
            NodeLease lease = NodeLease.read(entries.get(i), entries.get(i + 1));
            if (lease != null && !lease.node().equals(node)) {
                others.add(lease);
            }
        }
        return others;
    }

    private String once() {
        written++;
        return node + ':' + written;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
