package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A real cluster of three primaries on loopback, each with a third of the hash slots.
 *
 * <p><b>Threads.</b> As {@link RedisServer}.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int SIZE = 3;

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /** Starts one, and waits until all of its servers know each other. */
    public static RedisCluster start() {
        var cluster = new RedisCluster();
        try {
            cluster.join();
            return cluster;
        } catch (Throwable failure) {
            cluster.close();
            throw failure;
        }
    }

    private void join() {
        var busPorts = new ArrayList<Integer>();
        for (int i = 0; i < SIZE; i++) {
            busPorts.add(freePort());
            servers.add(RedisServer.start(
                    "cluster-enabled yes", "cluster-node-timeout 2000", "cluster-port " + busPorts.get(i)));
            String from = Integer.toString(i * SLOTS / SIZE);
            String to = Integer.toString((i + 1) * SLOTS / SIZE - 1);
            assertThat(servers.get(i).command("CLUSTER", "ADDSLOTSRANGE", from, to))
                    .isEqualTo("OK");
            servers.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int i = 1; i < SIZE; i++) {
            String port = Integer.toString(servers.get(i).port());
            servers.get(0)
                    .command(
                            "CLUSTER",
                            "MEET",
                            "127.0.0.1",
                            port,
                            busPorts.get(i).toString());
        }
        Eventually.passes(() -> assertThat(servers)
                .allSatisfy(server -> assertThat(server.command("CLUSTER", "INFO"))
                        .contains("cluster_state:ok", "cluster_known_nodes:" + SIZE)));
    }

    private static int freePort() {
        try {
            return LoopbackPort.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its servers. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /** The server that holds this key. */
    public RedisServer holderOf(String key) {
        return servers.stream()
                .filter(server -> !server.command("EXISTS", key).startsWith("MOVED"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
