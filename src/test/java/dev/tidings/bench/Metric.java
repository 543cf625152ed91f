package dev.tidings.bench;

/** What is measured, in the order of the table's columns. */
enum Metric {
    PUBLISHED("published/s", 0),
    DELIVERIES("deliveries/s", 0),
    CPU("CPU us/event", 2),
    P50("p50 ms", 2),
    P99("p99 ms", 2),
    MAX("max ms", 2),
    CONNECTS("connects/s", 0),
    REPLAYED("replayed/s", 0),
    CATCH_UP("catch-up s", 2),
    OPENED("all open s", 2),
    FOLLOWING("all follow s", 2),
    FOLLOW_P50("follow p50 ms", 0),
    FOLLOW_P99("follow p99 ms", 0),
    FIRST_P50("first p50 ms", 2),
    FIRST_P99("first p99 ms", 2),
    HEAP("heap KiB/stream", 2),
    DIRECT("direct KiB/stream", 2),
    RESIDENT("resident KiB/stream", 2),
    IDLE_CPU("CPU us/s/stream", 2),
    OPEN_P50("open p50 ms", 1),
    OPEN_MAX("open max ms", 1),
    FLOOD("flood/s", 0);

    private final String title;
    private final int decimals;

    Metric(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    /** How many of its decimals mean anything. */
    int decimals() {
        return decimals;
    }

    /** The heading of its column; its unit is in it. */
    @Override
    public String toString() {
        return title;
    }
}
