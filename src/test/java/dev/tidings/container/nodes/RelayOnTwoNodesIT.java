package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.relay.OutboxWriter;
import dev.tidings.testing.Block;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.PostgresServer;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two nodes of a hub relay from one database. One does at a time, and another takes over from one that hangs or is gone. */
class RelayOnTwoNodesIT {

    private static final int PAUSES = Rounds.of(1, 20);

    private static final String OPERATOR = "Authorization: "
            + Tokens.grant("root", List.of("/hub/{+any}"), List.of("/hub/{+any}"))
                    .bearer();

    @Test
    void whatIsCommittedArrivesOnceAlthoughTheNodeThatRelaysHangsOrIsKilledOrDrains() throws Exception {
        var random = new Random(3);
        try (PostgresServer postgres = PostgresServer.start();
                OutboxWriter writer = OutboxWriter.start(postgres, CodeBlock.of("docs/outbox.md", "PostgreSQL"));
                Nodes nodes = Nodes.none()) {
            Container one = nodes.add(ContainerKind.JETTY, spec -> spec.relaying(postgres));
            Container other = nodes.add(ContainerKind.TOMCAT_11, spec -> spec.relaying(postgres));
            for (int pause = 0; pause < PAUSES; pause++) {
                Container relaying = relaying(one, other);
                writer.awaitMore(5 + random.nextInt(50));
                relaying.pause();
                try {
                    Container next = relaying == one ? other : one;
                    Eventually.holds("the other node relays", () -> isRelaying(next));
                    writer.awaitMore(5 + random.nextInt(20));
                } finally {
                    relaying.resume();
                }
                Eventually.holds("it knows that it does not relay any more", () -> !isRelaying(relaying));
            }
            Container killed = relaying(one, other);
            Container left = killed == one ? other : one;
            killed.kill();
            Eventually.holds("the node that is left relays", () -> isRelaying(left));
            Container last = nodes.add(ContainerKind.JETTY, spec -> spec.relaying(postgres));
            assertThat(Site.send(left, "POST", "/hub/drain", OPERATOR).status()).isEqualTo(202);
            Eventually.holds("the last node relays", () -> isRelaying(last) && !isRelaying(left));
            writer.finish();
            Eventually.passes(() -> assertThat(writer.tables().ids()).isEmpty());
            writer.assertArrivedOnce(all(last));
        }
    }

    private static Container relaying(Container one, Container other) {
        Eventually.holds("one of them relays", () -> isRelaying(one) != isRelaying(other));
        return isRelaying(one) ? one : other;
    }

    private static boolean isRelaying(Container node) {
        return Scrape.of(node.uri()).sum("tidings_relay_active") == 1;
    }

    private static List<String> all(Container hub) {
        var data = new ArrayList<String>();
        try (StreamRecorder stream =
                Streams.open(Streams.request(hub, OutboxWriter.TOPIC).after("earliest"))) {
            for (Block event = stream.next(); !event.data().equals(OutboxWriter.LAST); event = stream.next()) {
                data.add(event.data());
            }
        }
        return data;
    }
}
