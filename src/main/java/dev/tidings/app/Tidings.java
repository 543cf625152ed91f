package dev.tidings.app;

import dev.tidings.auth.Grant;
import dev.tidings.auth.MemoryTickets;
import dev.tidings.auth.RevocationStore;
import dev.tidings.auth.Revocations;
import dev.tidings.auth.TicketStore;
import dev.tidings.auth.Tickets;
import dev.tidings.config.Settings;
import dev.tidings.event.OperatorTopics;
import dev.tidings.feed.Feed;
import dev.tidings.feed.Feeds;
import dev.tidings.http.ErrorCounts;
import dev.tidings.http.clients.ClientEvents;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.Hub;
import dev.tidings.hub.LocalNodes;
import dev.tidings.hub.Nodes;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.TopicInterest;
import dev.tidings.mercure.SubscriptionEvents;
import dev.tidings.ops.Health;
import dev.tidings.ops.Metrics;
import dev.tidings.ops.NodeReporter;
import dev.tidings.ops.StreamCounts;
import dev.tidings.ops.StreamLog;
import dev.tidings.publish.PublishGuard;
import dev.tidings.publish.PublishService;
import dev.tidings.registry.SharedRegistry;
import dev.tidings.relay.Relay;
import dev.tidings.stream.StreamOpener;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import dev.tidings.ws.ControlExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One hub: its parts, started in an order and stopped in the opposite one.
 *
 * <p>Each part gets plain values and its collaborators here; nothing inside looks for them. {@link Routes} makes the
 * servlets of these parts.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class Tidings implements AutoCloseable {

    private static final int HEARTBEATS_IN_HISTORY = 3;

    final Settings settings;
    final Clock clock = Clock.systemUTC();
    final @Nullable Demo demo;
    final Revocations revocations;
    final RevocationStore revocationStore;
    final Tickets tickets;
    final Security security;
    final Limits limits;
    final Duration heartbeat;
    final ControlExecutor controls;
    final Streams streams;
    final Hub hub;
    final ClientRegistry clients;
    final Nodes nodes;
    final StreamOpener opener;
    final PublishService publishing;
    final Health health;
    final ErrorCounts errors = new ErrorCounts();
    final Metrics metrics;

    private final Closer closer = new Closer();

    /**
     * Starts every part. If one cannot be started, those that were started before are stopped.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when the settings do not fit together
     */
    Tidings(Settings settings) {
        this.settings = settings;
        demo = Demo.of(settings);
        revocations = new Revocations(clock);
        security = new Security(settings, demo, clock, revocations);
        limits = new Limits(settings);
        heartbeat = heartbeat(settings);
        DataSource relayed = RelayBuilder.find(settings.relay());
        try {
            // Closed last, when all streams have ended.
            var streamLog = new StreamLog(clock);
            closer.add(streamLog::close);
            controls = new ControlExecutor();
            closer.add(controls::close);
            streams = new Streams(Runtime.getRuntime().availableProcessors(), heartbeat, clock, System::nanoTime);
            closer.add(streams::close);
            var logWait = new BoundedWait(settings.logTimeout());
            RedisParts redis = settings.isLogOnRedis()
                    ? new RedisParts(settings, LogBuilder.retention(settings.history()), logWait)
                    : null;
            EventLog log = redis == null ? LogBuilder.open(settings, logWait, clock) : redis.log();
            closer.add(log::close);
            TicketStore waiting = redis == null ? new MemoryTickets(clock) : redis.tickets(closer);
            tickets = new Tickets(waiting, settings.ticketAge(), clock);
            var refusals = new Refusals(System::nanoTime);
            hub = new Hub(log, limits.hub(), refusals, settings.node(), clock);
            RateLimit publishRate = limits.publishing();
            var counts = new StreamCounts();
            hub.addListener(counts);
            hub.addListener(streamLog);
            var threads = new ArrayList<>(hub.threads());
            threads.add(streamLog.thread());
            Function<String, TopicInterest> interest;
            if (redis == null) {
                revocationStore = LogBuilder.revocations(log, revocations);
                clients = hub.clients();
                nodes = new LocalNodes(settings.node(), hub.drain());
                interest = hub::interest;
            } else {
                SharedRegistry registry = redis.registry(hub, publishRate, revocations);
                revocationStore = registry.revocations();
                closer.add(registry::close);
                threads.addAll(registry.threads());
                clients = registry;
                nodes = registry.nodes();
                interest = prefix -> registry.interest(hub.interest(prefix));
            }
            hub.addListener(new ClientEvents(hub, interest.apply(ClientEvents.PREFIX)));
            hub.addListener(new SubscriptionEvents(hub, interest.apply(SubscriptionEvents.PREFIX)));
            opener = new StreamOpener(hub, streams, heartbeat, clock);
            publishing = new PublishService(hub, guard(settings), publishRate, refusals, System::nanoTime, logWait);
            var feeds = new Feeds(demo == null ? List.of() : demo.feeds(hub), hub, publishing, clock);
            closer.add(feeds::close);
            Relay relay = relayed == null ? null : RelayBuilder.relay(relayed, settings, publishing, hub);
            if (relay != null) {
                closer.add(relay::close);
            }
            closer.add(() -> hub.endAll(DisconnectReason.DRAINED));
            closer.add(hub.drain()::close);
            threads.addAll(feeds.threads());
            health = HealthChecks.of(hub, streams, threads, security::keyFault, relay);
            var reporter = new NodeReporter(
                    hub, nodes, settings.node(), counts, health, interest.apply(NodeReporter.PREFIX), clock);
            closer.add(reporter::close);
            reporter.start();
            metrics = new Metrics(hub, counts, refusals, errors, health, clock);
            metrics.ofTokens(revocations::size, tickets);
            if (redis != null) {
                metrics.ofRedis(redis::connects);
            }
            if (relay != null) {
                metrics.ofRelay(relay.figures(), relay::isRelaying);
                relay.start();
            }
        } catch (Throwable failure) {
            try (closer) {
                throw failure;
            }
        }
    }

    /**
     * Ends all streams, since the node is asked to stop while it can still be reached. It waits until they have ended in waves, as
     * {@link dev.tidings.hub.Drain#finish} says, and then a few seconds at most until WebSockets have been told so. In demo mode
     * they end at once, since a developer waits.
     */
    void endStreams() {
        if (demo == null) {
            hub.drain().finish();
        }
        hub.endAll(DisconnectReason.DRAINED);
        controls.close();
    }

    /** Ends all streams and stops every thread. */
    @Override
    public void close() {
        closer.close();
    }

    /** How long a stream lives by the token of a grant. */
    TokenLife life(Grant grant) {
        return new TokenLife(grant.ends(clock.instant()), revocations.watch(grant));
    }

    /** Short enough that the last position of an idle stream never grows older than history. */
    private static Duration heartbeat(Settings settings) {
        Duration age = settings.history().age().dividedBy(HEARTBEATS_IN_HISTORY);
        return age.compareTo(settings.heartbeat()) < 0 ? age : settings.heartbeat();
    }

    private static PublishGuard guard(Settings settings) {
        var reserved = new ArrayList<>(OperatorTopics.WORDS);
        if (settings.demo()) {
            reserved.add(Feed.PREFIX);
        }
        boolean relays = settings.relay().dataSource() != null;
        return new PublishGuard(
                reserved, relays ? Relay.idPrefix(settings.relay().table()) : null);
    }
}
