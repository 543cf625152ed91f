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
import java.util.stream.IntStream;

/**
 * How long it takes a node with many streams to explain an event: median and longest of a page, in milliseconds, for each kind
 * of streams.
 *
 * <p>A program, not a part of the suite: {@code java … dev.tidings.hub.ExplainLatency [streams]}.
 */
public final class ExplainLatency {

    private static final int ROUNDS = 30;
    private static final PublishRequest EVENT = new PublishRequest(List.of("/orders/7"), null, "x", null, null, true);

    /** Whose streams there are, and what they ask for. */
    private enum Streams {
        OF_A_USER_EACH,
        OF_ONE_USER_ALIKE,
        OF_ONE_USER_WITH_100_TOPICS_EACH,
        OF_ONE_USER_WITH_100_TEMPLATES_EACH;

        private Peer peer(int number) {
            String user = this == OF_A_USER_EACH ? "user-" + number : "alice";
            return new Peer(user, user, "192.0.2.1", "bench", "sse", null);
        }

        private List<String> topics(int number) {
            return switch (this) {
                case OF_A_USER_EACH -> List.of("/orders/{id}", "/users/user-" + number);
                case OF_ONE_USER_ALIKE -> List.of("/orders/{id}", "/users/alice");
                case OF_ONE_USER_WITH_100_TOPICS_EACH ->
                    IntStream.range(0, 100)
                            .mapToObj(n -> "/orders/" + number + "." + n)
                            .toList();
                case OF_ONE_USER_WITH_100_TEMPLATES_EACH ->
                    IntStream.range(0, 100)
                            .mapToObj(n -> "/{a}/" + number + "." + n + "{b}")
                            .toList();
            };
        }
    }

    private ExplainLatency() {}

    public static void main(String[] arguments) {
        int count = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        System.out.printf("%-40s %10s %10s %10s%n", "streams", "a page of", "median ms", "longest ms");
        for (Streams kind : Streams.values()) {
            measure(kind, count);
        }
    }

    private static void measure(Streams kind, int count) {
        SelectorSet nothing = SelectorSet.of(List.of());
        var history = new Retention(1_000, Duration.ofHours(1), 1 << 20, nothing);
        try (var log = new MemoryLog(history, Clock.systemUTC())) {
            var hub = new Hub(log, 256, 1 << 20, Clock.systemUTC());
            for (int n = 0; n < count; n++) {
                SelectorSet asked = SelectorSet.parse(kind.topics(n));
                hub.subscribe(new Subscription(asked, asked, kind.peer(n), null), subscriber -> new Sink() {
                    @Override
                    public void wake() {
                        // It takes nothing.
                    }

                    @Override
                    public void end(DisconnectReason reason) {
                        // It has nothing to close.
                    }
                });
            }
            ExplainedEvent event = ExplainedEvent.of(hub.publish(List.of(EVENT)).get(0));
            String user = kind.peer(count / 2).user();
            var nanos = new long[ROUNDS];
            int size = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long begun = System.nanoTime();
                size = hub.clients()
                        .explain(event, user == null ? "" : user, null, ClientRegistry.MAX_LIMIT)
                        .explanations()
                        .size();
                nanos[round] = System.nanoTime() - begun;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %10d %10.1f %10.1f%n",
                    kind,
                    size,
                    nanos[ROUNDS / 2] / 1e6,
                    nanos[ROUNDS - 1] / 1e6);
        }
    }
}
