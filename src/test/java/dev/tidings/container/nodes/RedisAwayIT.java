package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.LeftBehind;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose Redis is gone: what clients, publishers and operators see meanwhile, and that all goes on afterwards. */
class RedisAwayIT {

    private static Nodes nodes;
    private static Container node;

    private final String topic = Fresh.topic();
    private boolean away;

    @BeforeAll
    static void start() {
        nodes = Nodes.start(ContainerKind.TOMCAT_11);
        node = nodes.node(1);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void awaitReady() {
        Nodes.awaitReady(node);
    }

    @AfterEach
    void bringBack() {
        if (away) {
            back();
        }
    }

    @Test
    void readinessSaysWhatIsWrongAndSinceWhenAndTheLogSaysWhy() {
        goAway();
        Eventually.passes(() -> {
            Answer ready = Site.send(node, "GET", "/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("reason").asText())
                    .matches("Redis has been away for [1-9][0-9]* s: the log of this node says why");
        });
        assertThat(node.logText())
                .contains("Redis is away: redis at 127.0.0.1:" + nodes.redis().port() + " ");
        assertThat(Site.send(node, "GET", "/health/live").status()).isEqualTo(200);
        back();
        Nodes.awaitReady(node);
    }

    @Test
    void publishIsRefusedAndSaysWhenToTryAgain() {
        goAway();
        Answer refused = Publisher.to(node).post(Publisher.FORM, "msg=1&topic=" + topic);
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        back();
        Eventually.passes(() -> assertThat(Publisher.to(node)
                        .post(Publisher.FORM, "msg=2&topic=" + topic)
                        .status())
                .isEqualTo(201));
    }

    @Test
    void streamsStayOpenWithHeartbeatsAndGoOnAfterwards() {
        try (StreamRecorder stream = Streams.open(node, topic)) {
            Publisher.to(node).publish(topic, "before");
            assertThat(stream.next().data()).isEqualTo("before");
            goAway();
            awaitNotReady();
            for (int n = 0; n < 3; n++) {
                assertThat(stream.nextBlock().isEvent()).as("a heartbeat").isFalse();
            }
            back();
            Nodes.awaitReady(node);
            Publisher.to(node).publish(topic, "after");
            assertThat(stream.next().data()).isEqualTo("after");
        }
    }

    @Test
    void whoComesBackMeanwhileIsServedFromMemory() {
        String seen = Publisher.to(node).publish(topic, "1");
        Publisher.to(node).publish(topic, "2");
        goAway();
        awaitNotReady();
        try (StreamRecorder stream = Streams.open(Streams.request(node, topic).after(seen))) {
            assertThat(stream.next().data()).isEqualTo("2");
            back();
            Nodes.awaitReady(node);
            Publisher.to(node).publish(topic, "3");
            assertThat(stream.next().data()).isEqualTo("3");
        }
    }

    /** No browser gives up then. */
    @Test
    void whoCannotBeServedFromMemoryIsToldToComeAgain() {
        goAway();
        awaitNotReady();
        try (StreamRecorder stream =
                Streams.request(node, topic).after("of-a-publisher").open()) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.nextBlock().retry()).isNotNull();
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    @Test
    void oneLineSaysThatItIsGoneAndOneThatItIsBack() {
        int gone = count("Redis is away: ");
        int returned = count("Redis is back after ");
        goAway();
        awaitNotReady();
        Eventually.passes(() -> assertThat(count("Redis is away: ")).isEqualTo(gone + 1));
        back();
        Nodes.awaitReady(node);
        Eventually.passes(() -> assertThat(count("Redis is back after ")).isEqualTo(returned + 1));
        assertThat(count("Redis is away: ")).isEqualTo(gone + 1);
    }

    @Test
    void registryOfAllNodesIsRefusedMeanwhileAndThatOfThisNodeIsNot() {
        String user = Fresh.user();
        try (StreamRecorder stream = Clients.open(node, user, topic)) {
            goAway();
            awaitNotReady();
            assertThat(Clients.list(node, "?node=node-1&user=" + user)).hasSize(1);
            Answer refused = Clients.ask(node, "GET", "?user=" + user);
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void nodeThatStartsMeanwhileDeploysAndJoins() {
        goAway();
        Container late = nodes.add(ContainerKind.JETTY);
        Answer ready = Site.send(late, "GET", "/health/ready");
        assertThat(ready.status()).as(ready.body()).isEqualTo(503);
        Answer refused = Publisher.to(late).post(Publisher.FORM, "msg=1&topic=" + topic);
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        try (StreamRecorder early =
                late.stream(Streams.events(topic)).with(Tokens.anyone()).open()) {
            assertThat(early.status()).isEqualTo(200);
            assertThat(early.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
        back();
        Nodes.awaitReady(node);
        Nodes.awaitReady(late);
        try (StreamRecorder stream = Streams.open(late, topic)) {
            Publisher.to(node).publish(topic, "2");
            assertThat(stream.next().data()).isEqualTo("2");
        }
    }

    /** While it hangs, since a server that is gone refuses at once. */
    @Test
    void nodeIsUndeployedWhileRedisHangsAndLeavesNothing() {
        Container leaves = nodes.add(ContainerKind.TOMCAT_10);
        Nodes.awaitReady(leaves);
        String name = leaves.spec().settings().get("tidings.node");
        StreamRecorder stream = Streams.open(leaves, topic);
        Eventually.passes(() -> assertThat(Clients.list(node, "?node=" + name)).hasSize(1));
        nodes.redis().pause();
        try {
            leaves.undeploy();
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            stream.close();
            LeftBehind.assertNothing(leaves);
        } finally {
            nodes.redis().resume();
        }
        Nodes.awaitReady(node);
        awaitGone(name);
    }

    @Test
    void nodeThatIsUndeployedGivesUpItsLeaseAtOnce() {
        Container leaves = nodes.add(ContainerKind.TOMCAT_10);
        Nodes.awaitReady(leaves);
        String name = leaves.spec().settings().get("tidings.node");
        try (StreamRecorder following = Clients.follow(node);
                StreamRecorder stream = Clients.open(leaves, Fresh.user(), topic)) {
            leaves.undeploy();
            assertThat(nodes.redis().command("HGETALL", "{tidings}:nodes")).doesNotContain(name);
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(following.status()).isEqualTo(200);
        }
        awaitGone(name);
    }

    /** No node but ours has clients in Redis. */
    private static void awaitGone(String name) {
        Eventually.passes(Duration.ofSeconds(60), () -> {
            assertThat(nodes.redis().command("HGETALL", "{tidings}:nodes")).doesNotContain(name);
            assertThat(nodes.keys("clients:*")).isLessThanOrEqualTo(1);
            assertThat(nodes.keys("answers:*")).isZero();
        });
    }

    private void goAway() {
        away = true;
        nodes.redis().kill();
    }

    private void back() {
        nodes.redis().restart();
        away = false;
    }

    private static void awaitNotReady() {
        Eventually.passes(() ->
                assertThat(Site.send(node, "GET", "/health/ready").status()).isEqualTo(503));
    }

    private static int count(String words) {
        return Math.toIntExact(Pattern.compile(Pattern.quote(words))
                .matcher(node.logText())
                .results()
                .count());
    }
}
