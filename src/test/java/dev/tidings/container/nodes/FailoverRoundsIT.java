package dev.tidings.container.nodes;

import dev.tidings.container.nodes.Traffic.Loss;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.RedisSentinel;
import dev.tidings.testing.RedisServer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Three nodes on a Redis whose sentinel promotes a replica that lacks the newest events. Redis has lost them, and nobody goes on
 * without being told.
 */
class FailoverRoundsIT {

    @Test
    void replicaThatLagsAndIsPromotedIsAGapToEachClient() {
        try (Nodes nodes = Nodes.none();
                RedisServer replica = nodes.redis().replica();
                RedisSentinel sentinel = RedisSentinel.watching(nodes.redis(), "")) {
            sentinel.awaitReplica(replica);
            Map<ContainerKind, String> addresses = new EnumMap<>(ContainerKind.class);
            for (ContainerKind kind : ContainerKind.values()) {
                addresses.put(kind, sentinel.address());
            }
            try (var rounds = new FaultRounds(nodes, addresses)) {
                rounds.round(
                        "failover",
                        Loss.NEWEST,
                        () -> {
                            replica.pause();
                            // Or it would read what was sent to it already when it goes on.
                            nodes.redis().command("CLIENT", "KILL", "TYPE", "replica");
                            rounds.mark();
                            nodes.redis().kill();
                        },
                        () -> {
                            replica.resume();
                            sentinel.awaitPrimary(replica);
                        });
            }
        }
    }
}
