package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a hub have said of themselves lately, kept on each of them. So it is there, too, when a node is gone, or
 * what connects the nodes is away.
 *
 * <p>A node is known by its name. One that was started again under its name goes on with the figures of before. Memory is bounded by
 * {@value #MOST} reports of each node that was heard of within {@link #LENGTH}, of {@value #MOST_NODES} nodes at most. How old a
 * report is, is told by this node's clock that only goes forward, since the clocks of nodes may be set.
 *
 * <p><b>Threads.</b> Any.
 */
public final class NodeReports {

    /** How long after a report its node reports again. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    /** For how long a report is kept. */
    public static final Duration LENGTH = Duration.ofMinutes(15);

    /** How many reports of a node are kept. */
    public static final int MOST = 180;

    /** How many nodes are known. Of more, those that were not heard of for the longest time are forgotten. */
    static final int MOST_NODES = 200;

    /** A node that says nothing for so long is away. */
    private static final Duration SILENCE = PERIOD.multipliedBy(3);

    private final String here;
    private final LongSupplier nanoTime;
    private final NavigableMap<String, Heard> nodes = new TreeMap<>();

    /** What was heard of a node. */
    private static final class Heard {

        /** By the time that the node gave, since what is heard again counts once. */
        private final Map<Instant, Dated> figures = new LinkedHashMap<>();

        private @Nullable NodeReport last;
        private long at;

        void add(NodeReport report, long since) {
            figures.putIfAbsent(report.time(), new Dated(since, report.figures()));
            if (figures.size() > MOST) {
                figures.values().remove(Collections.min(figures.values(), Dated.BY_AGE));
            }
        }

        /** Drops what is too old. */
        void age(long now) {
            figures.values().removeIf(dated -> now - dated.since > LENGTH.toNanos());
        }

        /** The oldest first. */
        List<String> figures() {
            return figures.values().stream()
                    .sorted(Dated.BY_AGE)
                    .map(dated -> dated.text)
                    .toList();
        }
    }

    /** Figures, and when they were told by the clock of this node. */
    private static final class Dated {

        private static final Comparator<Dated> BY_AGE = (one, other) -> Long.signum(one.since - other.since);

        private final long since;
        private final String text;

        Dated(long since, String text) {
            this.since = since;
            this.text = text;
        }
    }

    /**
     * Nothing is known yet.
     *
     * @param here the name of this node
     */
    public NodeReports(String here, LongSupplier nanoTime) {
        this.here = here;
        this.nanoTime = nanoTime;
    }

    /** Keeps what this node says of itself. */
    public synchronized void tell(NodeReport mine) {
        take(mine, Duration.ZERO);
    }

    /**
     * Keeps what a node has said. Of this node it is what it said before it was started again.
     *
     * @param age how long ago it said so
     */
    public synchronized void hear(NodeReport report, Duration age) {
        if (age.compareTo(LENGTH) >= 0) {
            return;
        }
        if (report.node().equals(here)) {
            of(here).add(report, since(age));
        } else {
            take(report, age);
        }
    }

    private void take(NodeReport report, Duration age) {
        forget();
        Heard heard = of(report.node());
        heard.at = since(age);
        heard.last = report;
        heard.add(report, heard.at);
        if (nodes.size() > MOST_NODES) {
            forgetTheMostSilent();
        }
    }

    private void forgetTheMostSilent() {
        nodes.entrySet().stream()
                .filter(node -> !node.getKey().equals(here))
                .min((one, other) -> Long.signum(one.getValue().at - other.getValue().at))
                .ifPresent(silent -> nodes.remove(silent.getKey()));
    }

    private long since(Duration age) {
        return nanoTime.getAsLong() - age.toNanos();
    }

    /** Forgets what is too old, also if nobody ever asks. */
    private void forget() {
        long now = nanoTime.getAsLong();
        nodes.entrySet().removeIf(node -> !node.getKey().equals(here) && now - node.getValue().at > LENGTH.toNanos());
        nodes.values().forEach(heard -> heard.age(now));
    }

    private Heard of(String node) {
        return nodes.computeIfAbsent(node, none -> new Heard());
    }

    /** All nodes that were heard of lately, by their names. */
    public synchronized List<Node> all() {
        forget();
        long now = nanoTime.getAsLong();
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().last != null)
                .map(node -> node(node, now))
                .toList();
    }

    private Node node(Map.Entry<String, Heard> entry, long now) {
        Heard heard = entry.getValue();
        NodeReport last = requireNonNull(heard.last);
        boolean isHere = entry.getKey().equals(here);
        Duration silent = Duration.ofNanos(now - heard.at);
        if (!isHere && last.state() != NodeState.AWAY && silent.compareTo(SILENCE) > 0) {
            return new Node(
                    last.node(),
                    NodeState.AWAY,
                    last.time(),
                    "it was not heard of for " + silent.toSeconds() + " s",
                    false,
                    heard.figures());
        }
        return new Node(last.node(), last.state(), last.since(), last.fault(), isHere, heard.figures());
    }
}
