package dev.tidings.container.nodes;

import dev.tidings.container.nodes.Traffic.Loss;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.Rounds;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails between three nodes and their Redis while events flow, nothing is lost in silence, nothing comes twice, and no
 * stream is stuck. Each test is a fault, done once in every build and many times where somebody has the time.
 */
class FaultRoundsIT {

    private static final ContainerKind CUT = ContainerKind.TOMCAT_10;

    private static final Map<ContainerKind, CuttableProxy> LINKS = new EnumMap<>(ContainerKind.class);
    private static Nodes nodes;
    private static FaultRounds rounds;

    @BeforeAll
    static void start() {
        nodes = Nodes.none();
        Map<ContainerKind, String> addresses = new EnumMap<>(ContainerKind.class);
        for (ContainerKind kind : ContainerKind.values()) {
            CuttableProxy link = CuttableProxy.to(
                    URI.create("http://127.0.0.1:" + nodes.redis().port()));
            LINKS.put(kind, link);
            addresses.put(kind, "redis://127.0.0.1:" + link.port());
        }
        rounds = new FaultRounds(nodes, addresses);
    }

    @AfterAll
    static void stop() {
        if (rounds == null) {
            nodes.close();
        } else {
            rounds.close();
        }
        LINKS.values().forEach(CuttableProxy::close);
        LINKS.clear();
    }

    @Test
    void linkThatIsCutLosesNothing() {
        CuttableProxy link = LINKS.get(CUT);
        round(
                "link cut",
                Loss.NONE,
                () -> {
                    link.down();
                    rounds.awaitPassedBy(CUT);
                },
                link::up);
    }

    @Test
    void linkThatSwallowsWhatTheNodeSaysLosesNothing() {
        CuttableProxy link = LINKS.get(CUT);
        round(
                "swallowed to Redis",
                Loss.NONE,
                () -> {
                    link.swallowToServer();
                    rounds.awaitPassedBy(CUT);
                },
                link::up);
    }

    @Test
    void linkThatSwallowsWhatRedisSaysLosesNothing() {
        CuttableProxy link = LINKS.get(CUT);
        round(
                "swallowed from Redis",
                Loss.NONE,
                () -> {
                    link.swallowToClient();
                    rounds.awaitPassedBy(CUT);
                },
                link::up);
    }

    @Test
    void redisThatHangsLosesNothing() {
        RedisServer redis = nodes.redis();
        round(
                "Redis paused",
                Loss.NONE,
                () -> {
                    redis.pause();
                    rounds.awaitNoneReady();
                },
                redis::resume);
    }

    @Test
    void redisThatIsKilledLosesNothing() {
        RedisServer redis = nodes.redis();
        round(
                "Redis killed",
                Loss.NONE,
                () -> {
                    redis.kill();
                    rounds.awaitNoneReady();
                },
                redis::restart);
    }

    @Test
    void emptiedRedisIsAGapToEachClient() {
        round("Redis emptied", Loss.ALL, () -> nodes.redis().command("FLUSHALL"), () -> {});
    }

    @Test
    void nodeThatIsKilledLosesNothing() {
        round("node killed", Loss.NONE, () -> rounds.kill(CUT), () -> rounds.replace(CUT));
    }

    @Test
    void nodeThatIsDrainedAndStartedAgainLosesNothing() {
        round("node drained", Loss.NONE, () -> rounds.drain(CUT), () -> rounds.replace(CUT));
    }

    private static void round(String name, Loss loss, Runnable fault, Runnable repair) {
        for (int n = 0; n < Rounds.of(1, 10); n++) {
            rounds.round(name, loss, fault, repair);
        }
    }
}
