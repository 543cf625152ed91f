package dev.tidings.ops;

import dev.tidings.hub.Census;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Latencies;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Stored;
import dev.tidings.hub.SubscriberState;
import dev.tidings.hub.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes through this node, from one look to the next, and how it is at that moment. These are the figures that operators see of each
 * node, by the names of their JSON members.
 *
 * <p><b>Threads.</b> One at a time. Each look counts the open streams of this node, and asks the log what it stores.
 */
final class Figures {

    private static final double MILLIS_IN_A_SECOND = 1_000;
    private static final double DIGITS = 1_000;

    private static final List<SubscriberState> OPEN = List.of(SubscriberState.REPLAYING, SubscriberState.LIVE);

    private final Hub hub;
    private final StreamCounts streams;
    private final LongSupplier nanoTime;
    private Totals before;

    /** What has been counted since the node began. */
    private record Totals(
            long nanoTime,
            long published,
            long delivered,
            long replayed,
            long gaps,
            long slow,
            long opened,
            long ended,
            Latencies.Snapshot publishing) {}

    /** The first look is from now on. */
    Figures(Hub hub, StreamCounts streams, LongSupplier nanoTime) {
        this.hub = hub;
        this.streams = streams;
        this.nanoTime = nanoTime;
        this.before = totals();
    }

    /** For how long nobody has looked. */
    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - before.nanoTime);
    }

    /** The figures since the look before. */
    Map<String, Object> next(Instant time) {
        Totals then = before;
        Totals now = totals();
        before = now;
        Census census = hub.census();
        var figures = new LinkedHashMap<String, Object>();
        figures.put("time", time.toString());
        figures.put("seconds", rounded((double) (now.nanoTime - then.nanoTime) / TimeUnit.SECONDS.toNanos(1)));
        figures.put("published", now.published - then.published);
        figures.put("delivered", now.delivered - then.delivered);
        figures.put("replayed", now.replayed - then.replayed);
        figures.put("gaps", now.gaps - then.gaps);
        figures.put("slow", now.slow - then.slow);
        figures.put("opened", now.opened - then.opened);
        figures.put("ended", now.ended - then.ended);
        figures.put("streams", streams(census));
        figures.put("queued", census.queued());
        figures.put("logLatency", latency(now.publishing.since(then.publishing)));
        figures.put("stored", stored(time));
        figures.put("heap", heap());
        return figures;
    }

    private Totals totals() {
        Traffic traffic = hub.traffic();
        return new Totals(
                nanoTime.getAsLong(),
                traffic.published(),
                traffic.delivered(),
                traffic.replayed(),
                traffic.gaps(),
                traffic.fallbacks(),
                sum(streams.opened().values()),
                sum(streams.ended().values()),
                traffic.publishing().snapshot());
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static Map<String, Object> streams(Census census) {
        var streams = new LinkedHashMap<String, Object>();
        for (String transport : StreamCounts.TRANSPORTS) {
            var states = new LinkedHashMap<String, Integer>();
            for (SubscriberState state : OPEN) {
                states.put(state.toString(), census.count(transport, state));
            }
            streams.put(transport, states);
        }
        return streams;
    }

    /** In milliseconds; null if nothing was published. */
    private static @Nullable Map<String, Object> latency(Latencies.Snapshot publishing) {
        if (publishing.total() == 0) {
            return null;
        }
        var latency = new LinkedHashMap<String, Object>();
        latency.put("p50", rounded(publishing.quantile(0.5) * MILLIS_IN_A_SECOND));
        latency.put("p99", rounded(publishing.quantile(0.99) * MILLIS_IN_A_SECOND));
        return latency;
    }

    /** Null while the log cannot tell. */
    private @Nullable Map<String, Object> stored(Instant now) {
        try {
            Stored stored = hub.stored();
            Instant oldest = stored.oldest();
            var figures = new LinkedHashMap<String, Object>();
            figures.put("events", stored.events());
            figures.put("bytes", stored.bytes());
            figures.put(
                    "oldest",
                    oldest == null
                            ? null
                            : Math.max(0, Duration.between(oldest, now).toSeconds()));
            return figures;
        } catch (LogUnavailableException away) {
            return null;
        }
    }

    private static Map<String, Object> heap() {
        Runtime runtime = Runtime.getRuntime();
        var heap = new LinkedHashMap<String, Object>();
        heap.put("used", runtime.totalMemory() - runtime.freeMemory());
        heap.put("max", runtime.maxMemory());
        return heap;
    }

    private static double rounded(double number) {
        return Math.round(number * DIGITS) / DIGITS;
    }
}
