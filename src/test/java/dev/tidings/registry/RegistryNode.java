package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.auth.Revocations;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Client;
import dev.tidings.hub.Hub;
import dev.tidings.hub.HubLimits;
import dev.tidings.hub.Nodes;
import dev.tidings.hub.Peer;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import dev.tidings.log.Retention;
import dev.tidings.log.redis.RedisLog;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One node of a hub in this process: its log, its hub and its registry.
 *
 * <p><b>Threads.</b> One.
 */
final class RegistryNode implements AutoCloseable {

    static final String HUB = "registry-test";

    final RedisLog log;
    final Hub hub;
    final SharedRegistry registry;
    final Nodes nodes;
    final RateLimit published;
    final Revocations revocations = new Revocations(Clock.systemUTC());

    /** The clients of other nodes that it was told are lost. */
    final List<Client> lost = new CopyOnWriteArrayList<>();

    RegistryNode(String address, String name) {
        this(address, name, HubLimits.ofOutbox(16, 1 << 20), 0);
    }

    /** @param publishRate how many events a second one user may publish; 0 is any number */
    RegistryNode(String address, String name, HubLimits limits, int publishRate) {
        var servers = new RedisServers(RedisAddress.parse(address), RedisLog.anyKey(HUB), Duration.ofSeconds(1), null);
        var retention = new Retention(1_000, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of()));
        log = new RedisLog(servers, HUB, retention, Confirmation.NONE, null, new BoundedWait(Duration.ofSeconds(5)));
        hub = new Hub(log, limits, new Refusals(System::nanoTime), name, Clock.systemUTC());
        published = new RateLimit("published", publishRate, System::nanoTime);
        var counted = new ArrayList<>(hub.shared());
        counted.add(published);
        registry = new SharedRegistry(
                servers,
                HUB,
                name,
                hub.clients(),
                counted,
                log::command,
                hub.drain(),
                lost::add,
                hub::announceAgain,
                new StoredRevocations(HUB, revocations, Confirmation.NONE));
        nodes = registry.nodes();
        log.onCommand(registry::accept);
        hub.addListener(registry);
        registry.start();
        Eventually.passes(() -> assertThat(log.fault()).isNull());
    }

    /** A client of that user and address, of this node. */
    Subscriber openFrom(String user, String address) {
        return SilentSink.subscribe(
                hub,
                new Subscription(
                        SelectorSet.parse(List.of("/a")),
                        SelectorSet.of(List.of()),
                        new Peer(user, user, address, "test", "sse", null),
                        StartRequest.NOW));
    }

    /** A client of that user, of this node. */
    Subscriber open(String user, String... topics) {
        return SilentSink.subscribe(
                hub,
                new Subscription(
                        SelectorSet.parse(List.of(topics)),
                        SelectorSet.of(List.of()),
                        new Peer(user, user, "192.0.2.1", "test", "sse", null),
                        StartRequest.NOW));
    }

    /** An operator of this node, who follows what the hub tells. */
    Subscriber follow(String topic) {
        SelectorSet topics = SelectorSet.parse(List.of(topic));
        return SilentSink.subscribe(
                hub,
                new Subscription(
                        topics, topics, new Peer("root", "root", "192.0.2.1", "test", "sse", null), StartRequest.NOW));
    }

    @Override
    public void close() {
        registry.close();
        log.close();
    }
}
