package dev.tidings.container.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients come and go by the hundred, and who followed them from the opening of a stream on, and read the list after
 * it, knows at the end who is here.
 */
@Tag("load")
@EveryContainer(
        kinds = ContainerKind.JETTY,
        settings = {"tidings.heartbeat=500ms", "tidings.outbox.events=4096"})
class ClientsChurnIT {

    private static final int WORKERS = 8;
    private static final int EACH = 60;
    private static final String ALL = "?limit=1000&user=";

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();

    @Test
    void viewOfWhoFollowsIsTheListAtTheEnd(Container hub) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        var staying = new ArrayList<StreamRecorder>();
        try {
            var workers = new ArrayList<Future<List<StreamRecorder>>>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(() -> comeAndGo(hub)));
            }
            // In the middle of it.
            Eventually.holds("they come", () -> !Clients.of(hub, user).isEmpty());
            try (StreamRecorder following = Streams.open(hub, Clients.ALL, topic)) {
                Set<String> here = new TreeSet<>(Clients.ids(Clients.list(hub, ALL + user)));
                Set<String> gone = new TreeSet<>();
                for (Future<List<StreamRecorder>> worker : workers) {
                    staying.addAll(worker.get());
                }
                Eventually.holds(
                        "those who closed are gone",
                        () -> Clients.list(hub, ALL + user).size() == staying.size());
                Publisher.to(hub).publish(topic, "end");
                follow(following, here, gone);
                assertThat(here).containsExactlyElementsOf(Clients.ids(Clients.list(hub, ALL + user)));
            }
        } finally {
            threads.shutdownNow();
            staying.forEach(StreamRecorder::close);
        }
    }

    /** Opens streams, and closes or cuts all but every sixth. */
    private List<StreamRecorder> comeAndGo(Container hub) {
        var staying = new ArrayList<StreamRecorder>();
        for (int i = 0; i < EACH; i++) {
            StreamRecorder stream =
                    hub.stream("/events?topic=/a").with(Tokens.user(user)).open();
            assertThat(stream.status()).isEqualTo(200);
            switch (i % 6) {
                case 0 -> staying.add(stream);
                case 1, 2 -> stream.cut();
                default -> stream.close();
            }
        }
        return staying;
    }

    /** Takes what is told up to the marker: each comes before it goes, and goes once. */
    private void follow(StreamRecorder following, Set<String> here, Set<String> gone) {
        for (Block event = following.next(); !event.data().equals("end"); event = following.next()) {
            assertThat(event.type()).isIn(Set.of("client.connected", "client.disconnected"));
            JsonNode entry = Streams.json(event);
            if (!entry.path("user").asText().equals(user)) {
                continue;
            }
            String id = entry.path("id").asText();
            if (event.type().equals("client.connected")) {
                assertThat(gone).doesNotContain(id);
                here.add(id);
            } else {
                // Who came before the stream was opened and left before the list was read is in neither.
                here.remove(id);
                assertThat(gone.add(id)).isTrue();
                assertThat(entry.path("reason").asText()).isEqualTo("closed");
            }
        }
    }
}
