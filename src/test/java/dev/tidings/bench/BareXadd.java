package dev.tidings.bench;

import dev.tidings.testing.RedisServer;

/**
 * What Redis does without a hub: as many clients append as much data with {@code XADD}, as {@code redis-benchmark} has them.
 *
 * <p><b>Threads.</b> One.
 */
record BareXadd(RedisServer redis) {

    static final String NAME = "xadd";

    /** The same load on Redis alone. */
    Outcome run(ClosedLoop load) {
        double rate = redis.benchmark(
                load.publishers(),
                load.batch(),
                load.events(),
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
