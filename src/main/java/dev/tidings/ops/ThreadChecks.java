package dev.tidings.ops;

import dev.tidings.hub.WorkerThread;
import dev.tidings.stream.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the hub's own threads: each lives, none is stuck, the timer ticks, no stream waits long for a writer,
 * and no event waits long for delivery.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ThreadChecks {

    /** After this time without a tick only a restart helps. */
    private static final Duration LOST = Duration.ofSeconds(30);

    /** After this time without a tick, or a turn, the node should get no more streams. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private ThreadChecks() {}

    /** Checks that every thread lives and moves. After such a fault only a restart helps. */
    public static List<HealthCheck> vital(Streams streams, List<WorkerThread> others) {
        var checks = new ArrayList<HealthCheck>();
        checks.add(new HealthCheck("timer", () -> tick(streams.sinceTick(), LOST)).confirmed(System::nanoTime));
        var threads = new ArrayList<>(streams.writers());
        threads.add(streams.timer());
        threads.addAll(others);
        threads.forEach(thread -> checks.add(check(thread.name(), thread::fault)));
        return checks;
    }

    /** Checks that the threads keep up. */
    public static List<HealthCheck> needed(Streams streams, Supplier<Duration> delivering) {
        return List.of(
                new HealthCheck("timer", () -> tick(streams.sinceTick(), LATE)),
                new HealthCheck(
                        "writers",
                        () -> late(streams.oldestWait(), LATE, "a stream has waited to be written to for ", "")),
                new HealthCheck(
                        "delivery",
                        () -> late(delivering.get(), LATE, "events have been on their way to the streams for ", "")));
    }

    private static HealthCheck check(String name, Supplier<@Nullable String> fault) {
        return new HealthCheck(name, fault).confirmed(System::nanoTime);
    }

    private static @Nullable String tick(Duration since, Duration limit) {
        return late(
                since,
                limit,
                "the timer has not ticked for ",
                ", so heartbeats are not sent and tokens do not end streams");
    }

    private static @Nullable String late(Duration time, Duration limit, String before, String after) {
        return time.compareTo(limit) <= 0 ? null : before + time.toSeconds() + " s" + after;
    }
}
