package dev.tidings.bench;

import dev.tidings.bench.RollingRestart.Way;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How clients come to the other node while two nodes are started again one after the other, for each way to stop a node. Its part of
 * {@code docs/benchmark.md} says how to run it.
 *
 * <p><b>Threads.</b> One.
 */
final class RollingRestartBenchmark {

    private static final int STREAMS = 2_000;
    private static final double PER_SECOND = 4;
    private static final String DRAIN = "10s";
    private static final String RETRY = "2s";

    private RollingRestartBenchmark() {}

    /** Ends with an exception when an event was lost, doubled or out of order. */
    public static void main(String... arguments) throws Exception {
        Options options = Options.of(arguments);
        int streams = options.number("streams", STREAMS, 2);
        for (String name : options.list("scenarios", String.join(",", names()))) {
            measure(Way.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')), streams, System.out);
        }
    }

    private static List<String> names() {
        return Arrays.stream(Way.values()).map(Way::toString).toList();
    }

    private static void measure(Way way, int streams, PrintStream out) throws Exception {
        try (var restart = new RollingRestart(way, DRAIN, RETRY)) {
            out.println(restart.run(streams, PER_SECOND));
        }
    }
}
