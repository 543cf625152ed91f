package dev.tidings.bench;

import dev.tidings.testing.RedisServer;

/**
 * What Redis does without a hub: as many clients append events of the same size with {@code XADD}, as {@code redis-benchmark} has them.
 *
 * <p><b>Threads.</b> One.
 */
record BareXadd(RedisServer redis) {

    static final String NAME = "xadd";

    /** How many times more it appends than a hub publishes. Otherwise it is over too soon to be measured. */
    private static final int TIMES = 10;

    /** The same clients on Redis alone. */
    Outcome run(ClosedLoop load) {
        double rate = redis.benchmark(
                load.publishers(),
                load.batch(),
                TIMES * load.events(),
                "XADD",
                NAME,
                "MAXLEN",
                "~",
                "100000",
                "*",
                "e",
                Padding.of(ClosedLoop.BYTES));
        return new Outcome().with(Metric.PUBLISHED, rate);
    }
}
