package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leases of all nodes of a hub, in Redis and by its clock.
 *
 * <p><b>Threads.</b> Any, each with a connection of its own.
 */
final class NodeLeases {

    /** How long a node may be silent. */
    static final Duration LENGTH = Duration.ofSeconds(10);

    private final RedisScript renew = new RedisScript(source("renew.lua"));
    private final RedisScript take = new RedisScript(source("take.lua"));
    private final byte[] key;
    private final String node;
    private final String name;

    /**
     * @param node this node's id
     * @param name the name that operators gave it
     */
    NodeLeases(RegistryKeys keys, String node, String name) {
        this.key = keys.nodes();
        this.node = node;
        this.name = name;
    }

    /**
     * What a renewal has found.
     *
     * @param before this node's lease before; null if there was none
     * @param now the time, in milliseconds by Redis's clock
     * @param others the leases of the other nodes
     */
    record Renewal(@Nullable NodeLease before, long now, List<NodeLease> others) {}

    /** Renews this node's lease. */
    Renewal renew(RedisConnection connection, NodeLease.State state) {
        return renew(connection, state, LENGTH);
    }

    /** The nodes that can be asked, this one left out. */
    List<NodeLease> others(RedisConnection connection) {
        Renewal found = run(connection, "", NodeLease.State.HERE, Duration.ZERO);
        return found.others().stream()
                .filter(other -> other.isHeld(found.now()))
                .toList();
    }

    /** This node's id. */
    String node() {
        return node;
    }

    /** Gives this node's lease up. */
    void giveUp(RedisConnection connection) {
        renew(connection, NodeLease.State.HERE, Duration.ZERO);
    }

    /** Takes what a node has left. Returns false if another does so, or the node is back. */
    boolean take(RedisConnection connection, NodeLease lapsed) {
        return take(connection, lapsed.node(), LENGTH);
    }

    /** All that a node has left is told. */
    void forget(RedisConnection connection, NodeLease taken) {
        take(connection, taken.node(), Duration.ZERO);
    }

    private boolean take(RedisConnection connection, String lapsed, Duration length) {
        Object taken = take.run(connection, List.of(key), List.of(utf8(lapsed), utf8(millis(length))));
        return Long.valueOf(1).equals(taken);
    }

    private Renewal renew(RedisConnection connection, NodeLease.State state, Duration length) {
        return run(connection, node, state, length);
    }

    /** @param of the node whose lease it is; of no node it only looks */
    private Renewal run(RedisConnection connection, String of, NodeLease.State state, Duration length) {
        List<?> reply = (List<?>) requireNonNull(renew.run(
                connection, List.of(key), List.of(utf8(of), utf8(state.text), utf8(name), utf8(millis(length)))));
        String before = NodeLease.text(reply.get(0));
        var others = new ArrayList<NodeLease>();
        List<?> all = (List<?>) reply.get(2);
        for (int i = 0; i + 1 < all.size(); i += 2) {
            NodeLease lease = NodeLease.read(all.get(i), all.get(i + 1));
            if (lease != null && !lease.node().equals(node)) {
                others.add(lease);
            }
        }
        return new Renewal(
                before.isEmpty() ? null : NodeLease.read(utf8(node), utf8(before)),
                Long.parseLong(NodeLease.text(reply.get(1))),
                others);
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static String source(String file) {
        try (InputStream in = requireNonNull(NodeLeases.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
