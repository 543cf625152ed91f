package dev.tidings.hub;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to find where streams begin, in a history of as many events as there are topics or twice as many: a table of the
 * medians in milliseconds, with what is read then.
 *
 * <p>A program, not a part of the suite: {@code java … dev.tidings.hub.StartBenchmark [topics …]}.
 */
public final class StartBenchmark {

    private static final int ROUNDS = 15;
    private static final int WARM_UPS = 5;
    private static final int BATCH = 1_000;
    private static final Peer PEER = new Peer("alice", "alice", "192.0.2.1", "bench", "sse", null);

    private StartBenchmark() {}

    public static void main(String[] arguments) {
        System.out.printf(
                "%10s %10s %-22s %10s %10s %8s%n", "topics", "events", "begins with", "open ms", "read ms", "got");
        for (String topics : arguments.length == 0 ? new String[] {"100000", "1000000"} : arguments) {
            measure(Integer.parseInt(topics));
        }
        System.exit(0);
    }

    private static void measure(int topics) {
        var retention = new Retention(2 * topics, Duration.ofHours(12), 8L << 30, SelectorSet.of(List.of()));
        var log = new MemoryLog(retention, Clock.systemUTC());
        var hub = new Hub(log, 256, 1 << 20, Clock.systemUTC());
        for (int i = 0; i < 2 * topics; i += BATCH) {
            var batch = new PublishRequest[BATCH];
            for (int j = 0; j < BATCH; j++) {
                batch[j] = new PublishRequest(
                        List.of("/prices/" + (i + j) % topics), null, "{\"price\":" + i + "}", null, null, false);
            }
            hub.publish(Arrays.asList(batch));
        }
        measure(hub, topics, "latest=true", new StartRequest.Latest(), "/prices/{key}");
        measure(hub, topics, "latest=true, one topic", new StartRequest.Latest(), "/prices/7");
        measure(hub, topics, "last=100", new StartRequest.Last(100), "/prices/{key}");
        measure(hub, topics, "last=100, one topic", new StartRequest.Last(100), "/prices/7");
        measure(
                hub,
                topics,
                "since=1h",
                new StartRequest.Since(Clock.systemUTC().instant().minusSeconds(3_600)),
                "/prices/7");
        log.close();
    }

    private static void measure(Hub hub, int topics, String name, StartRequest start, String selector) {
        var opened = new double[ROUNDS];
        var read = new double[ROUNDS];
        int got = 0;
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            Subscriber subscriber = hub.subscribe(
                            new Subscription(
                                    SelectorSet.parse(List.of(selector)), SelectorSet.of(List.of()), PEER, start),
                            Quiet::new)
                    .subscriber;
            long open = System.nanoTime();
            got = 0;
            do {
                got += subscriber.next(1_024, 64 * 1_024).size();
            } while (subscriber.replaying());
            if (round >= 0) {
                opened[round] = (open - begun) / 1e6;
                read[round] = (System.nanoTime() - open) / 1e6;
            }
            subscriber.end(DisconnectReason.CLOSED);
        }
        Arrays.sort(opened);
        Arrays.sort(read);
        System.out.printf(
                Locale.ROOT,
                "%10d %10d %-22s %10.2f %10.2f %8d%n",
                topics,
                2 * topics,
                name,
                opened[ROUNDS / 2],
                read[ROUNDS / 2],
                got);
    }

    /** Takes its events when it is asked to. */
    private record Quiet(Subscriber subscriber) implements Sink {

        @Override
        public void wake() {
            // Nothing is published meanwhile.
        }

        @Override
        public void end(DisconnectReason reason) {
            // Nothing is left to do.
        }
    }
}
