package dev.tidings.container.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.nodes.HoppingClient.Told;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Publishers and clients that are spread over the nodes of a hub, and what has to be true of them after a fault. Each event that
 * was answered has reached each client, or that client was told of a gap. No client got an event twice, and what two of them
 * got is in one order.
 *
 * <p><b>Threads.</b> One, beside those of its own.
 */
final class Traffic implements AutoCloseable {

    /** What a fault may do to history. */
    enum Loss {
        /** Nothing: no client is told of a gap. */
        NONE,
        /** All events of before are gone, and each client is told. */
        ALL,
        /** The newest events may be gone. If one of them was answered, or a client has seen it, each client is told. */
        NEWEST
    }

    private static final int CLIENTS = 6;
    private static final int PUBLISHERS = 3;

    private final String topic = Fresh.topic();
    private final List<String> users = new ArrayList<>();
    private final List<HoppingClient> clients = new ArrayList<>();
    private final List<RetryingPublisher> publishers = new ArrayList<>();
    private final RetryingPublisher marker;

    /** Starts all of them at a hub that is ready. */
    Traffic(URI hub) {
        marker = new RetryingPublisher(hub, Fresh.user(), topic);
        for (int n = 0; n < CLIENTS; n++) {
            String user = Fresh.user();
            users.add(user);
            clients.add(new HoppingClient(hub, user, topic));
        }
        Eventually.holds("each client has a stream", () -> clients.stream().allMatch(HoppingClient::isStreaming));
        for (int n = 0; n < PUBLISHERS; n++) {
            publishers.add(new RetryingPublisher(hub, Fresh.user(), topic).start());
        }
    }

    /** The topic of all events. */
    String topic() {
        return topic;
    }

    /** Waits until so many more events are published, whatever is wrong just now. */
    void flow(int events) {
        int before = answered().size();
        Eventually.holds("events flow", () -> answered().size() >= before + events);
    }

    /** Publishes an event that comes after all that were answered so far, and waits until each client has it. Returns its data. */
    String mark() {
        String data = Fresh.id();
        marker.publish(data);
        Eventually.passes(() -> assertThat(clients)
                .allSatisfy(client ->
                        assertThat(client.told()).extracting(Told::data).contains(data)));
        return data;
    }

    /** The data of all events that publishers were told are published. */
    Set<String> answered() {
        var all = new HashSet<String>();
        publishers.forEach(publisher -> all.addAll(publisher.answered()));
        return all;
    }

    /**
     * Checks what each client was told between two marks.
     *
     * @param answered what was answered after the first and before the second mark
     * @param stored what history stores at the second
     */
    void check(String from, String to, Loss loss, Set<String> answered, Set<String> stored) {
        var runs = new ArrayList<List<Told>>();
        for (HoppingClient client : clients) {
            List<Told> told = client.told();
            // After a gap a client is told once more what is held.
            List<String> data = told.stream().map(Told::data).toList();
            List<Told> round = told.subList(data.indexOf(from) + 1, data.lastIndexOf(to) + 1);
            boolean gap = round.stream().anyMatch(Told::isGap);
            switch (loss) {
                case NONE -> assertThat(gap).as("a gap in %s", round).isFalse();
                case ALL -> assertThat(gap).as("a gap in %s", round).isTrue();
                case NEWEST -> {
                    assertThat(gap || stored.containsAll(answered))
                            .as("a gap in %s", round)
                            .isTrue();
                    checkNewest(round, stored);
                }
            }
            if (!gap) {
                assertThat(told).extracting(Told::data).containsAll(answered);
            }
            runs.addAll(runs(told));
        }
        runs.forEach(run -> {
            assertThat(run).extracting(Told::id).doesNotHaveDuplicates();
            assertThat(run).extracting(Told::data).doesNotHaveDuplicates();
            runs.forEach(other -> assertSame(run, other));
        });
    }

    /** Checks that each node shows one client of each user, and no other: exactly the streams that are open. */
    void checkPresence(List<Container> nodes) {
        clients.forEach(client -> client.hop(false));
        try {
            for (Container node : nodes) {
                // A lease, and as long again for a busy machine.
                Eventually.passes(
                        Duration.ofSeconds(40),
                        () -> assertThat(Clients.list(node, "?limit=1000"))
                                .extracting(entry -> entry.path("user").asText())
                                .containsExactlyInAnyOrderElementsOf(users));
            }
        } finally {
            clients.forEach(client -> client.hop(true));
        }
    }

    @Override
    public void close() {
        publishers.forEach(RetryingPublisher::close);
        marker.close();
        clients.forEach(HoppingClient::close);
    }

    /** Nobody who has seen an event that is gone goes on without being told. */
    private static void checkNewest(List<Told> round, Set<String> stored) {
        for (int i = 0; i < round.size(); i++) {
            Told seen = round.get(i);
            if (!seen.isGap() && !stored.contains(seen.data())) {
                assertThat(round.subList(i, round.size()))
                        .as("a gap after %s, which is gone", seen)
                        .anyMatch(Told::isGap);
            }
        }
    }

    /** What was told without a gap in between. */
    private static List<List<Told>> runs(List<Told> told) {
        var runs = new ArrayList<List<Told>>();
        var run = new ArrayList<Told>();
        for (Told next : told) {
            if (next.isGap()) {
                runs.add(List.copyOf(run));
                run.clear();
            } else {
                run.add(next);
            }
        }
        runs.add(run);
        return runs;
    }

    /** Between two events that both runs have, both have the same. */
    private static void assertSame(List<Told> run, List<Told> other) {
        var common = new HashSet<>(run);
        common.retainAll(new HashSet<>(other));
        if (!common.isEmpty()) {
            assertThat(between(run, common)).isEqualTo(between(other, common));
        }
    }

    private static List<Told> between(List<Told> run, Set<Told> ends) {
        int first = 0;
        while (!ends.contains(run.get(first))) {
            first++;
        }
        int last = run.size() - 1;
        while (!ends.contains(run.get(last))) {
            last--;
        }
        return run.subList(first, last + 1);
    }
}
