package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see of the clients of a node that is gone, or was silent for longer than its lease. */
class NodeLostIT {

    private static Nodes nodes;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();

    @BeforeAll
    static void start() {
        nodes = Nodes.start(ContainerKind.JETTY, ContainerKind.TOMCAT_11);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** Two nodes find it out, and one of them tells. */
    @Test
    void clientsOfANodeThatWasKilledLeaveOnceAsLost() {
        Container victim = nodes.add(ContainerKind.TOMCAT_10);
        Nodes.awaitReady(victim);
        int stored = nodes.keys("clients:*");
        try (StreamRecorder here = Clients.follow(nodes.node(1));
                StreamRecorder there = Clients.follow(nodes.node(2))) {
            StreamRecorder stream = Clients.open(victim, user, topic);
            Eventually.passes(() -> assertThat(nodes.keys("clients:*")).isGreaterThan(stored));
            victim.kill();
            stream.awaitEnd();
            stream.close();
            assertThat(Clients.reason(here, user)).isEqualTo("lost");
            assertThat(Clients.of(nodes.node(1), user)).isEmpty();
            assertThat(Clients.of(nodes.node(2), user)).isEmpty();
            assertThat(told(here, user, 0)).isEmpty();
            assertThat(told(there, user, 1)).containsExactly("client.disconnected");
            Eventually.passes(() -> assertThat(nodes.redis().command("HGETALL", "{tidings}:nodes"))
                    .doesNotContain("node-3"));
        }
    }

    @Test
    void clientsOfANodeThatWasSilentForLongerThanItsLeaseAreShownAgain() {
        Container silent = nodes.node(1);
        Container other = nodes.node(2);
        try (StreamRecorder following = Clients.follow(other);
                StreamRecorder stream = Clients.open(silent, user, topic)) {
            Clients.next(following, "client.connected", user);
            silent.pause();
            try {
                assertThat(Clients.reason(following, user)).isEqualTo("lost");
                assertThat(Clients.of(other, user)).isEmpty();
            } finally {
                silent.resume();
            }
            Clients.next(following, "client.connected", user);
            Eventually.passes(() -> assertThat(Clients.of(other, user)).hasSize(1));
            Publisher.to(other).publish(topic, "on it goes");
            assertThat(stream.next().data()).isEqualTo("on it goes");
        }
    }

    /** The types of what was told of a user's clients, up to a marker that comes after it, beside so many that are to come. */
    private List<String> told(StreamRecorder following, String of, int atLeast) {
        String marker = Fresh.user();
        try (StreamRecorder mark = Clients.open(nodes.node(2), marker, topic)) {
            assertThat(mark.status()).isEqualTo(200);
            var types = new ArrayList<String>();
            while (true) {
                Block event = following.next();
                String about = Streams.json(event).path("user").asText();
                if (about.equals(of) && !event.type().equals("client.connected")) {
                    types.add(event.type());
                } else if (about.equals(marker) && types.size() >= atLeast) {
                    return types;
                }
            }
        }
    }
}
