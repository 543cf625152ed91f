package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * How long an event to somebody with one exact topic takes, from its publisher into the outbox, while others make the hub
 * compare as many topics with as many templates as it lets them: a table of p50, p99 and the longest, in milliseconds,
 * for each way to do so, and how long a stream took to open meanwhile.
 *
 * <p>A program, not a part of the suite: {@code java … dev.tidings.hub.BystanderLatency [seconds] [way …]}.
 */
public final class BystanderLatency {

    private static final int PACE_MS = 5;
    private static final Peer PEER = new Peer("alice", "alice", "192.0.2.1", "bench", "sse", null);

    /** What others do. */
    public enum Way {
        /** Nothing. */
        QUIET(0, 0, 0),
        /** 275 templates of sixteen variables, and events of 300 topics of 1,900 bytes, as no door takes them any more. */
        VARIABLES(275, 300, 1_900),
        /** The same templates, and the largest events. */
        VARIABLES_64K(275, 34, 1_900),
        /** As many templates as are possible, each of as many steps as count for one, and the largest events. */
        STEPS_64K(10_000, 32, 2_000),
        /** The same with as many topics as are possible. */
        STEPS_1000_TOPICS(10_000, 1_000, 56),
        /** Templates that look at each place by itself: so many count for all. */
        LIMITS_64K(588, 32, 2_000),
        /** Templates that match everything. */
        MATCHING_64K(10_000, 32, 2_000),
        /** Streams of a hundred ever new templates that come and go without a pause, and ever new short topics. */
        CHURN(100, 1, 56);

        private final int templates;
        private final int topics;
        private final int length;

        Way(int templates, int topics, int length) {
            this.templates = templates;
            this.topics = topics;
            this.length = length;
        }

        /** What it takes the longest to see does not match topics of many a, but for those that match everything. */
        private String template(int number) {
            return switch (this) {
                case VARIABLES, VARIABLES_64K ->
                    IntStream.range(0, 16)
                            .mapToObj(i -> "{+" + (char) ('a' + i) + number + "}")
                            .reduce("", String::concat);
                case LIMITS_64K -> "{+a" + number + "}a{b:50}ab{c}";
                case MATCHING_64K -> "{+a" + number + "}";
                default -> "{+a" + number + "}aaaa{b}aaaaab{c}";
            };
        }

        private List<String> topics(int event) {
            return IntStream.range(0, topics)
                    .mapToObj(i -> "a".repeat(length) + i + "." + event)
                    .toList();
        }
    }

    private final Way way;
    private final MemoryLog log = new MemoryLog(
            new Retention(1_000, Duration.ofHours(1), 64L << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private final Hub hub = new Hub(log, 256, 1L << 20, Clock.systemUTC());
    private final List<Subscriber> others = new ArrayList<>();
    private volatile boolean over;
    private int opened;

    private BystanderLatency(Way way) {
        this.way = way;
    }

    /** Runs the ways that are named, or all. */
    public static void main(String[] arguments) throws InterruptedException {
        int seconds = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        List<Way> ways = arguments.length < 2
                ? List.of(Way.values())
                : Arrays.stream(arguments).skip(1).map(Way::valueOf).toList();
        System.out.printf("%-20s %8s %8s %8s %8s %8s%n", "", "p50", "p99", "longest", "opening", "attacks");
        for (Way way : ways) {
            new BystanderLatency(way).measure(seconds);
        }
    }

    private void measure(int seconds) throws InterruptedException {
        Bystander bystander = hub.subscribe(
                new Subscription(
                        SelectorSet.parse(List.of(Bystander.TOPIC)), SelectorSet.of(List.of()), PEER, StartRequest.NOW),
                Bystander::new);
        for (int i = 0; i < way.templates; i += 100) {
            others.add(open());
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var attacker = new Attacker();
        var opener = new Opener();
        attacker.start();
        opener.start();
        while (System.nanoTime() < until) {
            bystander.publish();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MS));
        }
        over = true;
        attacker.join();
        opener.join();
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (bystander.taken.get() < bystander.published && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MS));
        }
        System.out.printf(
                Locale.ROOT, "%-20s %s %8.1f %8d%n", way, bystander.figures(), opener.longest / 1e6, attacker.events);
        log.close();
    }

    private Subscriber open() {
        List<String> topics = IntStream.range(0, Math.min(100, way.templates))
                .mapToObj(i -> way.template(opened++))
                .toList();
        return hub.subscribe(
                        new Subscription(SelectorSet.parse(topics), SelectorSet.of(List.of()), PEER, StartRequest.NOW),
                        Deaf::new)
                .subscriber;
    }

    /** The one who is in nobody's way. */
    private final class Bystander implements Sink {

        private static final String TOPIC = "/bystander";

        private final List<Long> latencies = new ArrayList<>();
        private final AtomicInteger taken = new AtomicInteger();
        private int published;
        private final Subscriber subscriber;

        Bystander(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        void publish() {
            published++;
            hub.publish(List.of(request(List.of(TOPIC), Long.toString(System.nanoTime()))));
        }

        @Override
        public void wake() {
            long now = System.nanoTime();
            for (Event event : subscriber.next(1_000, Long.MAX_VALUE)) {
                latencies.add(now - Long.parseLong(requireNonNull(event.data())));
                taken.incrementAndGet();
            }
        }

        @Override
        public void end(DisconnectReason reason) {
            System.out.println("the bystander was ended: " + reason);
        }

        String figures() {
            List<Long> sorted = latencies.stream().sorted().toList();
            return String.format(
                    Locale.ROOT,
                    "%8.2f %8.1f %8.1f",
                    sorted.get(sorted.size() / 2) / 1e6,
                    sorted.get(sorted.size() * 99 / 100) / 1e6,
                    sorted.get(sorted.size() - 1) / 1e6);
        }
    }

    /** Publishes what costs most, and begins again when its event is published. */
    private final class Attacker extends Thread {

        private int events;

        @Override
        public void run() {
            while (!over && way != Way.QUIET) {
                int number = events++;
                hub.publish(List.of(request(way.topics(number), "x")));
                if (way == Way.CHURN) {
                    others.forEach(other -> other.end(DisconnectReason.CLOSED));
                    others.clear();
                    others.add(BystanderLatency.this.open());
                } else {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                }
            }
        }
    }

    /** Opens a stream now and then. */
    private final class Opener extends Thread {

        private long longest;

        @Override
        public void run() {
            while (!over) {
                long began = System.nanoTime();
                hub.subscribe(
                                new Subscription(
                                        SelectorSet.parse(List.of("/other")),
                                        SelectorSet.of(List.of()),
                                        PEER,
                                        StartRequest.NOW),
                                Deaf::new)
                        .subscriber
                        .end(DisconnectReason.CLOSED);
                longest = Math.max(longest, System.nanoTime() - began);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MS));
            }
        }
    }

    private static PublishRequest request(List<String> topics, String data) {
        return new PublishRequest(topics, null, data, null, null, false);
    }

    /** Takes nothing. */
    private static final class Deaf implements Sink {

        private final Subscriber subscriber;

        Deaf(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void wake() {
            // What waits is left to its outbox.
        }

        @Override
        public void end(DisconnectReason reason) {
            // Nothing is open.
        }
    }
}
