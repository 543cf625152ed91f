package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdEventSource;
import dev.tidings.testing.CrowdReconnects;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two nodes on a Redis are started again one after the other, while clients read and events are published at a pace. Each client has to
 * get each event once and in order, and no gap.
 *
 * <p><b>Threads.</b> One, beside those of its parts.
 */
final class RollingRestart implements AutoCloseable {

    /** How a node is stopped. */
    enum Way {
        /** It is drained, and stopped when its clients are gone. */
        DRAINED_FIRST,
        /** It is only asked to end, with SIGTERM, and drains by itself. */
        ASKED_TO_END,
        /** The same, and no time is set for the drain. */
        ALL_AT_ONCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final String TOPIC = "/rolling";
    private static final String NODE = "node-";

    /** How many events come before, between and after the restarts. */
    private static final int FEW = 10;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String OPERATOR = "Authorization: "
            + Tokens.grant("root", List.of("/hub/drain"), List.of("/clients")).bearer();

    private final Way way;
    private final String drain;
    private final String retry;
    private final RedisServer redis = RedisServer.start("appendonly yes", "appendfsync always");
    private final List<Container> nodes = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<CrowdEventSource> clients = new ArrayList<>();
    private final List<Runnable> parts = new ArrayList<>();

    /** How the clients of the node that is restarted come back. */
    private volatile ConnectCurve curve = new ConnectCurve(System.nanoTime());

    /**
     * @param drain what {@code tidings.drain} is, as in {@code 10s}
     * @param retry what {@code tidings.retry} is
     */
    RollingRestart(Way way, String drain, String retry) {
        this.way = way;
        this.retry = retry;
        this.drain = way == Way.ALL_AT_ONCE ? "0s" : drain;
    }

    /**
     * What was seen.
     *
     * @param curves one for each node that was restarted, from when it was asked to stop
     * @param complete how many streams the hub has ended as it should
     * @param cut how many connections were cut, or not taken
     * @param repeated how often the publisher tried again
     */
    record Result(Way way, List<ConnectCurve> curves, int complete, int cut, int events, int repeated) {

        /** How many clients came back. */
        int connects() {
            return curves.stream().mapToInt(ConnectCurve::total).sum();
        }

        @Override
        public String toString() {
            var text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s: %d streams ended well, %d connections were cut or not taken; %d events, %d publishes tried again%n",
                    way,
                    complete,
                    cut,
                    events,
                    repeated));
            curves.forEach(curve -> text.append(String.format(
                    Locale.ROOT,
                    "%d clients came back, %d in half a second at most, %.0f on average:%n%s%n",
                    curve.total(),
                    curve.peak(),
                    curve.mean(),
                    curve.chart())));
            return text.toString();
        }
    }

    /** Does it once with so many clients. Fails if an event was lost or doubled. */
    Result run(int streams, double perSecond) throws Exception {
        nodes.add(start(1));
        nodes.add(start(2));
        var balancer = new ReadyNodes(uris());
        parts.add(balancer::close);
        Eventually.holds("both are ready", () -> balancer.count() == nodes.size());
        var crowd = new Crowd(nodes.get(0).uri());
        parts.add(crowd::close);
        var reconnects = new CrowdReconnects(crowd, at -> curve.add(at));
        crowd.assign(reconnects);
        for (int i = 0; i < streams; i++) {
            open(crowd, balancer, reconnects);
        }
        crowd.eventually("all streams are open", LIMIT, () -> clients.stream().allMatch(CrowdEventSource::isOpen));
        var publisher = new SteadyPublisher(balancer, TOPIC, perSecond).start();
        parts.add(publisher::close);
        flow(publisher);
        var curves = new ArrayList<ConnectCurve>();
        for (int node = 1; node <= 2; node++) {
            curve = new ConnectCurve(System.nanoTime());
            curves.add(curve);
            stop(node);
            nodes.get(node - 1).close();
            nodes.set(node - 1, start(node));
            balancer.leadTo(uris());
            Eventually.holds("both are ready", () -> balancer.count() == nodes.size());
            crowd.eventually("all have come back", LIMIT, () -> clients.stream().allMatch(CrowdEventSource::isOpen));
            flow(publisher);
        }
        publisher.close();
        int events = publisher.published();
        crowd.eventually(
                "all events have come", LIMIT, () -> ledgers.stream().allMatch(ledger -> ledger.missing(events) == 0));
        crowd.close();
        assertThat(ledgers).allSatisfy(ledger -> {
            assertThat(ledger.doubled()).as("doubled").isZero();
            assertThat(ledger.disordered()).as("out of order").isZero();
        });
        return new Result(way, curves, reconnects.complete(), reconnects.cut(), events, publisher.repeated());
    }

    private void open(Crowd crowd, ReadyNodes balancer, CrowdReconnects reconnects) {
        var ledger = new Ledger(new Tally(), Envelope.NONE);
        ledgers.add(ledger);
        StreamRequest request =
                StreamRequest.to(nodes.get(0).uri(), "/events?topic=" + TOPIC).with(Tokens.anyone());
        var client = new CrowdEventSource(request, balancer, reconnects, event -> {
            assertThat(event.type()).as("a gap").isEmpty();
            ledger.enter(Math.toIntExact(event.number(0)));
        });
        clients.add(client);
        crowd.open(client);
    }

    private static void flow(SteadyPublisher publisher) {
        int before = publisher.published();
        Eventually.holds("events flow", LIMIT, () -> publisher.published() >= before + FEW);
    }

    private Container start(int number) {
        return ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.log", redis.address())
                .set("tidings.node", NODE + number)
                .set("tidings.drain", drain)
                .set("tidings.retry", retry)
                .start();
    }

    private void stop(int number) {
        Container node = nodes.get(number - 1);
        if (way == Way.DRAINED_FIRST) {
            assertThat(Site.send(node, "POST", "/hub/drain", OPERATOR).status()).isEqualTo(202);
            Eventually.passes(
                    LIMIT,
                    () -> assertThat(Site.send(node, "GET", "/clients?limit=1&node=" + NODE + number, OPERATOR)
                                    .body())
                            .isEqualTo("[]\n"));
        }
        node.stop();
    }

    private List<URI> uris() {
        return nodes.stream().map(Container::uri).toList();
    }

    @Override
    public void close() {
        try (redis) {
            for (int i = parts.size(); i > 0; i--) {
                parts.get(i - 1).run();
            }
        } finally {
            nodes.forEach(Container::close);
        }
    }
}
