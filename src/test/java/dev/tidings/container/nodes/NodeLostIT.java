package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import org.junit.jupiter.api.Test;

/** What the other nodes do when one is gone at once, as by a crash. */
class NodeLostIT {

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();

    @Test
    void clientsOfANodeThatIsKilledAreToldToBeLostOnceAndAreGone() {
        try (Nodes nodes = Nodes.start(ContainerKind.JETTY, ContainerKind.JETTY, ContainerKind.JETTY)) {
            Container stays = nodes.node(1);
            Container goes = nodes.node(2);
            try (StreamRecorder following = Clients.follow(stays);
                    StreamRecorder stream = Clients.open(goes, user, topic)) {
                Clients.next(following, "client.connected", user);
                goes.kill();
                stream.awaitEnd();
                String seen = Publisher.to(stays).publish(topic, "meanwhile");
                assertThat(seen).isNotEmpty();
                assertThat(Clients.reason(following, user)).isEqualTo("lost");
                Eventually.passes(() -> assertThat(Clients.of(stays, user)).isEmpty());
                Eventually.passes(() -> assertThat(nodes.redis().command("HLEN", "{tidings}:nodes"))
                        .isEqualTo("2"));
                assertThat(nodes.redis().command("KEYS", "{tidings}:clients:*"))
                        .as("the operator's alone is left")
                        .doesNotContain(",");
                // A second telling would come before this.
                try (StreamRecorder next = Clients.open(nodes.node(3), user, topic)) {
                    assertThat(following.next().type()).isEqualTo("client.connected");
                    assertThat(next.status()).isEqualTo(200);
                }
            }
        }
    }
}
