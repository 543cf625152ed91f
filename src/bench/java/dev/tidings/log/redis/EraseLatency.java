package dev.tidings.log.redis;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.log.Retention;
import dev.tidings.log.file.FileLog;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * How long it takes to erase a hundredth of the events of a log, and how long somebody who publishes meanwhile waits at most, in
 * milliseconds.
 *
 * <p>A program, not a part of the suite: {@code java … dev.tidings.log.redis.EraseLatency [events] [bytes of each]}.
 */
public final class EraseLatency {

    private static final int BATCH = 1_000;
    private static final int SHARE = 100;
    private static final Duration LONG = Duration.ofSeconds(60);

    private EraseLatency() {}

    public static void main(String[] arguments) throws IOException {
        int events = arguments.length < 1 ? 100_000 : Integer.parseInt(arguments[0]);
        int bytes = arguments.length < 2 ? 200 : Integer.parseInt(arguments[1]);
        var retention = new Retention(events * 2, Duration.ofHours(1), 1L << 34, SelectorSet.of(List.of()));
        var wait = new BoundedWait(LONG);
        System.out.printf("%-8s %10s %10s %10s %16s%n", "log", "events", "erased", "ms", "longest publish");
        try (var log = new MemoryLog(retention, Clock.systemUTC())) {
            measure("memory", log, events, bytes);
        }
        Path folder = Files.createTempDirectory("erase");
        try (var log = FileLog.open(folder.resolve("log"), retention, Clock.systemUTC(), wait)) {
            measure("file", log, events, bytes);
        }
        try (RedisServer redis = RedisServer.start();
                RedisLog log = LogNode.log(redis.address(), "hub", retention, null)) {
            measure("redis", log, events, bytes);
        }
    }

    private static void measure(String name, EventLog log, int events, int bytes) {
        log.follow(handed -> {});
        Eventually.holds("the log is there", () -> log.fault() == null);
        String data = "x".repeat(bytes);
        for (int n = 0; n < events; n += BATCH) {
            log.append(IntStream.range(n, n + BATCH)
                    .mapToObj(i -> to(i % SHARE, data))
                    .toList());
        }
        long begun = System.nanoTime();
        CompletableFuture<Integer> erasing = CompletableFuture.supplyAsync(() -> log.erase(Erasure.ofUser("u0")));
        var longest = new ArrayList<Long>(List.of(0L));
        while (!erasing.isDone()) {
            long before = System.nanoTime();
            log.append(List.of(to(1, data)));
            longest.set(0, Math.max(longest.get(0), System.nanoTime() - before));
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s %10d %10d %10.0f %16.1f%n",
                name,
                events,
                erasing.join(),
                (System.nanoTime() - begun) / 1e6,
                longest.get(0) / 1e6);
    }

    private static PublishRequest to(int user, String data) {
        return new PublishRequest(List.of("/users/u" + user), null, data, null, null, true);
    }
}
