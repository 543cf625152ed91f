package dev.tidings.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub with a log in a file that is killed under concurrent publishing, again and again, at random moments: every
 * answered event is there afterwards, with its id, in one order, and clients resume exactly.
 */
class KillIT {

    private static final int ROUNDS = Rounds.of(3, 40);
    private static final int PUBLISHERS = 4;
    private static final String TOPIC = "/kill";

    @TempDir
    Path folder;

    private volatile boolean killed;

    /** What was answered: data by id. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    @Test
    void everyAnsweredEventIsThereAfterAKill() throws Exception {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY).set("tidings.log", "file:" + folder.resolve("log"));
        var random = new Random(5);
        ExecutorService threads = Executors.newCachedThreadPool();
        var order = new ArrayList<String>();
        String resume = "earliest";
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try (Container container = spec.start()) {
                    killed = false;
                    resume = readOn(container, resume, order);
                    String prefix = "round-" + round + "-";
                    int enough = answered.size() + 20 + random.nextInt(400);
                    var publishers = new ArrayList<Future<?>>();
                    for (int p = 0; p < PUBLISHERS; p++) {
                        String name = prefix + p + "-";
                        publishers.add(threads.submit(() -> publish(container, name)));
                    }
                    Eventually.holds("so many are answered", () -> answered.size() >= enough);
                    killed = true;
                    container.kill();
                    for (Future<?> publisher : publishers) {
                        publisher.get();
                    }
                }
            }
            try (Container container = spec.start()) {
                readOn(container, resume, order);
                assertThat(ids(container, "earliest")).isEqualTo(order);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(new HashSet<>(order)).as("no event twice").hasSameSizeAs(order);
        assertThat(order).containsAll(answered.keySet());
    }

    /** Publishes numbers, one after the other, until nobody answers any more. */
    private void publish(Container container, String name) {
        Publisher publisher = Publisher.to(container);
        for (int number = 0; ; number++) {
            Answer answer;
            try {
                answer = publisher.post("?topic=" + TOPIC, Publisher.TEXT, name + number);
            } catch (AssertionError unanswered) {
                assertThat(killed)
                        .as("a publisher is not answered: " + unanswered)
                        .isTrue();
                return;
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            answered.put(answer.json().get("id").asText(), name + number);
        }
    }

    /** Reads on after the last id seen, up to a marker, as a client that was connected when the hub was killed. */
    private static String readOn(Container container, String after, List<String> order) {
        List<String> read = ids(container, after);
        order.addAll(read);
        return read.isEmpty() ? after : read.get(read.size() - 1);
    }

    private static List<String> ids(Container container, String after) {
        String marker = Publisher.to(container).publish("/marker", "up to here");
        var ids = new ArrayList<String>();
        try (StreamRecorder stream = container.stream("/events?topic=" + TOPIC + "&topic=/marker")
                .with(Tokens.operator())
                .after(after)
                .open()) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(after);
            for (Block event = stream.next(); !event.id().equals(marker); event = stream.next()) {
                if (!event.data().equals("up to here")) {
                    ids.add(event.id());
                }
            }
        }
        return Collections.unmodifiableList(ids);
    }
}
