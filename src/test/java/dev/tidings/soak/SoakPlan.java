package dev.tidings.soak;

import dev.tidings.testing.ContainerKind;
import java.time.Duration;

/**
 * How long a soak is, and of what.
 *
 * @param length how long it takes, its beginning and its end apart
 * @param look after how long figures are taken, each time
 * @param redeploy after how long one of the nodes is deployed anew, each time
 * @param kind the container of the hub with a log in a file
 * @param streams how many there are
 * @param rate how many events a second are published to each hub
 */
record SoakPlan(Duration length, Duration look, Duration redeploy, ContainerKind kind, int streams, double rate) {

    /** From this length on the first third has filled history and caches, so that growth after it is a leak. */
    private static final Duration LONG = Duration.ofMinutes(10);

    /** What the system properties {@code soak.…} say. */
    static SoakPlan fromProperties() {
        Duration length = Duration.ofMinutes(Integer.getInteger("soak.minutes", 1));
        boolean isLong = length.compareTo(LONG) >= 0;
        return new SoakPlan(
                length,
                Duration.ofSeconds(isLong ? 60 : 10),
                Duration.ofSeconds(Integer.getInteger("soak.redeploy", isLong ? 300 : 15)),
                ContainerKind.valueOf(System.getProperty("soak.container", ContainerKind.TOMCAT_11.name())),
                Integer.getInteger("soak.streams", 5_000),
                Integer.getInteger("soak.rate", 20));
    }

    /** Whether it is long enough that the heap can be compared. */
    boolean isLong() {
        return length.compareTo(LONG) >= 0;
    }
}
