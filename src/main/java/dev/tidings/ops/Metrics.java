package dev.tidings.ops;

import dev.tidings.auth.Tickets;
import dev.tidings.http.ErrorCounts;
import dev.tidings.hub.Census;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Latencies;
import dev.tidings.hub.Limit;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.Stored;
import dev.tidings.hub.SubscriberState;
import dev.tidings.hub.Traffic;
import dev.tidings.relay.RelayFigures;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of this node, for Prometheus. Everything is counted elsewhere, and read here when somebody asks. So metrics cost the
 * path of an event nothing.
 *
 * <p>No label ever has a user, a topic or an address. The number of series is the same whatever clients do.
 *
 * <p><b>Threads.</b> Any; one at a time reads, the others wait. Each reading looks at every open stream of this node.
 */
public final class Metrics {

    private static final String REASON = "reason";
    private static final String TRANSPORT = "transport";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Hub hub;

    // As they are for one reading.
    private Census census = new Census(Map.of(), 0, 0);
    private @Nullable Stored stored;

    /**
     * The metrics of this hub.
     *
     * @param health says whether the node is ready
     */
    public Metrics(Hub hub, StreamCounts streams, Refusals refusals, ErrorCounts errors, Health health, Clock clock) {
        this.hub = hub;
        streams(streams);
        traffic(hub.traffic());
        history(clock);
        refusals(refusals, errors);
        gauge(
                "tidings_ready",
                "1 if this node is ready to take requests, else 0",
                () -> health.notReady() == null ? 1 : 0);
        jvm();
    }

    /** Adds what is known of tokens. */
    public void ofTokens(LongSupplier revocations, Tickets tickets) {
        gauge("tidings_revocations", "revocations of tokens that this node knows", revocations);
        counter("tidings_tickets_issued", "tickets given for tokens", tickets::issued);
        counter(
                "tidings_tickets_used",
                "tickets that opened a stream here, or were refused when they tried",
                tickets::used);
        counter("tidings_tickets_refused", "tickets not given, since too many waited", tickets::refused);
    }

    /** Adds what only a log on Redis has. */
    public void ofRedis(LongSupplier connects) {
        counter("tidings_redis_connects", "connections made to Redis", connects);
    }

    /** Adds what only a hub has that relays rows of a database. */
    public void ofRelay(RelayFigures relay, BooleanSupplier isRelaying) {
        gauge(
                "tidings_relay_active",
                "1 if this node relays the rows of the database, else 0",
                () -> isRelaying.getAsBoolean() ? 1 : 0);
        gauge(
                "tidings_relay_rows_waiting",
                "rows that wait, as this node counted them last; it counts to 10,000",
                relay::waiting);
        counter("tidings_relay_rows_published", "rows that were published and deleted", relay::published);
        counter(
                "tidings_relay_rows_set_aside",
                "rows that were set aside, since no event can be made of them",
                relay::setAside);
        counter("tidings_relay_database_errors", "how often the database failed the relay", relay::databaseErrors);
        counter("tidings_relay_log_errors", "how often the log could not take rows", relay::logErrors);
        counter("tidings_relay_takeovers", "how often this node began to relay", relay::takeovers);
    }

    /** The metrics of now. */
    synchronized MetricSnapshots read() {
        census = hub.census();
        stored = stored();
        return registry.scrape();
    }

    /** Null while the log cannot tell. */
    private @Nullable Stored stored() {
        try {
            return hub.stored();
        } catch (LogUnavailableException away) {
            return null;
        }
    }

    private void streams(StreamCounts streams) {
        GaugeWithCallback.builder()
                .name("tidings_streams")
                .help("open streams")
                .labelNames(TRANSPORT, "state")
                .callback(callback -> {
                    for (String transport : StreamCounts.TRANSPORTS) {
                        for (SubscriberState state :
                                new SubscriberState[] {SubscriberState.REPLAYING, SubscriberState.LIVE}) {
                            callback.call((double) census.count(transport, state), transport, state.toString());
                        }
                    }
                })
                .register(registry);
        gauge(
                "tidings_answers_waiting",
                "answers to those who read once, that are under way or wait for an event",
                () -> census.answers());
        gauge("tidings_outbox_events", "events that wait in the outboxes of streams", () -> census.queued());
        CounterWithCallback.builder()
                .name("tidings_streams_opened")
                .help("streams opened")
                .labelNames(TRANSPORT)
                .callback(callback ->
                        streams.opened().forEach((transport, count) -> callback.call((double) count, transport)))
                .register(registry);
        CounterWithCallback.builder()
                .name("tidings_streams_ended")
                .help("streams ended")
                .labelNames(REASON)
                .callback(callback ->
                        streams.ended().forEach((reason, count) -> callback.call((double) count, reason.toString())))
                .register(registry);
    }

    private void traffic(Traffic traffic) {
        counter("tidings_events_published", "events that the log has accepted from this node", traffic::published);
        counter("tidings_published_bytes", "the bytes of their text", traffic::publishedBytes);
        counter(
                "tidings_events_delivered",
                "events given to streams to write, once for each stream",
                traffic::delivered);
        counter("tidings_delivered_bytes", "the bytes of their text", traffic::deliveredBytes);
        counter("tidings_events_replayed", "delivered events that were read from history", traffic::replayed);
        counter("tidings_gaps", "how often a stream was told of a gap", traffic::gaps);
        counter(
                "tidings_slow_fallbacks",
                "how often a stream that was too slow fell back to history",
                traffic::fallbacks);
        counter("tidings_log_errors", "how often the log could not accept what was published", traffic::logErrors);
        histogram("tidings_publish_seconds", "how long the log takes to accept a publish", traffic.publishing());
        histogram(
                "tidings_delivery_seconds",
                "how long after it was accepted an event is given to a stream to write",
                traffic.delivery());
    }

    private void history(Clock clock) {
        ofHistory("tidings_history_events", "events stored", Stored::events);
        ofHistory("tidings_history_bytes", "the bytes of their text", Stored::bytes);
        ofHistory("tidings_history_oldest_seconds", "the age of the oldest event stored", stored -> {
            var oldest = stored.oldest();
            return oldest == null
                    ? 0
                    : Duration.between(oldest, clock.instant()).toSeconds();
        });
        GaugeWithCallback.builder()
                .name("tidings_log_lag_events")
                .help("events that the log has accepted and that were not given to outboxes yet")
                .callback(callback -> {
                    try {
                        callback.call((double) hub.undelivered());
                    } catch (LogUnavailableException away) {
                        // No value is more honest than an old one; the metric of readiness tells why.
                        return;
                    }
                })
                .register(registry);
    }

    private void refusals(Refusals refusals, ErrorCounts errors) {
        CounterWithCallback.builder()
                .name("tidings_refused")
                .help("what limits have refused")
                .labelNames("limit")
                .callback(callback -> {
                    for (Limit limit : Limit.values()) {
                        callback.call((double) refusals.count(limit), limit.toString());
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("tidings_http_errors")
                .help("requests answered with a status from 400 on")
                .labelNames("status")
                .callback(callback -> errors.byStatus()
                        .forEach((status, count) -> callback.call((double) count, Integer.toString(status))))
                .register(registry);
    }

    /** Those that only read: one that listens to the collector would keep the WAR in memory after it is undeployed. */
    private void jvm() {
        JvmBufferPoolMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    /** A figure of the log, which is left out while the log cannot tell. */
    private void ofHistory(String name, String help, ToLongFunction<Stored> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    Stored now = stored;
                    if (now != null) {
                        callback.call((double) figure.applyAsLong(now));
                    }
                })
                .register(registry);
    }

    private void histogram(String name, String help, Latencies latencies) {
        registry.register((Collector) () -> {
            Latencies.Snapshot snapshot = latencies.snapshot();
            var bounds = new ArrayList<>(snapshot.bounds());
            bounds.add(Double.POSITIVE_INFINITY);
            return HistogramSnapshot.builder()
                    .name(name)
                    .help(help)
                    .unit(Unit.SECONDS)
                    .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                            .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, snapshot.counts()))
                            .sum(snapshot.sum())
                            .build())
                    .build();
        });
    }
}
