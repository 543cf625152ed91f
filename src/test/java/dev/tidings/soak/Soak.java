package dev.tidings.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.Latencies;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.Tokens;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Two hubs that are used as hubs are, for as long as it is to be: one with a log in a file, one of two nodes on Redis. Clients come,
 * leave, read slowly and come back, publishers publish, and now and then a node is deployed anew. What each node takes is printed
 * each minute. Over 300 lines, since all of them look at the same hubs and clients.
 *
 * <p><b>Threads.</b> One, beside those that it starts and ends.
 */
final class Soak implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 512;

    /** So few that history is full soon, and so many that it covers whoever is away. */
    private static final int HISTORY = 5_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Who is gone is noticed by the second write after that. */
    private static final Duration NOTICE = Duration.ofMinutes(2);

    /** The heap differs by what happens to be on its way. */
    private static final double HEAP_SLACK = 1.1;

    private static final long HEAP_SLACK_BYTES = 8 << 20;

    /** Connections that containers keep, and files that the JVM opens when it first needs them. */
    private static final int DESCRIPTOR_SLACK = 16;

    private final SoakPlan plan;
    private final PrintStream out = System.out;
    private final RedisServer redis;
    private final Map<String, Container> nodes = new LinkedHashMap<>();
    private final List<SoakHub> hubs = new ArrayList<>();
    private final List<SoakPublisher> publishers = new ArrayList<>();
    private final Counts counts = new Counts();
    private final Latencies latencies = new Latencies();
    private final Visitors visitors;
    /** What all nodes of each hub had left after a collection, look by look. */
    private final Map<String, List<Long>> heaps = new LinkedHashMap<>();

    private final Map<String, NodeFigures> first = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> firstThreads = new LinkedHashMap<>();
    private final long began;

    private Soak(SoakPlan plan, Path directory) {
        this.plan = plan;
        this.redis = RedisServer.start("appendonly yes", "appendfsync everysec");
        try {
            startNodes(directory);
            visitors = new Visitors(hubs, counts, latencies);
        } catch (RuntimeException | Error failure) {
            closeNodes();
            throw failure;
        }
        this.began = System.nanoTime();
    }

    /** Starts hubs, clients and publishers. */
    static Soak start(SoakPlan plan, Path directory) {
        var soak = new Soak(plan, directory);
        try {
            soak.start();
            return soak;
        } catch (RuntimeException | Error failure) {
            soak.close();
            throw failure;
        }
    }

    private void startNodes(Path directory) {
        int share = plan.streams() / 3;
        Container file = node("file", plan.kind(), "file:" + directory.resolve("log"));
        // Both of one kind, so that the heap of both together is the same, whichever node a stream is on.
        ContainerKind other = plan.kind() == ContainerKind.JETTY ? ContainerKind.TOMCAT_11 : ContainerKind.JETTY;
        Container one = node("redis-1", other, redis.address());
        Container two = node("redis-2", other, redis.address());
        hubs.add(new SoakHub("file", List.of(file), share));
        hubs.add(new SoakHub("redis", List.of(one, two), plan.streams() - share));
        hubs.forEach(hub -> publishers.add(new SoakPublisher(hub, plan.rate(), counts)));
    }

    private Container node(String name, ContainerKind kind, String log) {
        Container node = ContainerSpec.of(kind)
                .heap(HEAP_MEGABYTES)
                .sendBuffer(64 * 1024)
                .set("tidings.log", log)
                .set("tidings.node", name)
                .set("tidings.history.events", Integer.toString(HISTORY))
                .set("tidings.outbox.bytes", "64KiB")
                .start();
        nodes.put(name, node);
        Eventually.passes(
                () -> assertThat(Requests.get(node, "/health/ready").status()).isEqualTo(200));
        return node;
    }

    private void start() {
        nodes.forEach((name, node) -> {
            first.put(name, NodeFigures.of(node));
            firstThreads.put(name, threads(node));
        });
        say("first", first);
        visitors.start();
        Eventually.holds("all streams are open", PATIENCE, () -> visitors.open() > plan.streams() * 9L / 10);
        publishers.forEach(SoakPublisher::start);
        out.printf("%s all streams are open%n", time());
    }

    /** Lets it go on for as long as planned, and looks. Ends early when a client got what it should not. */
    void run() {
        long end = System.nanoTime() + plan.length().toNanos();
        long look = System.nanoTime() + plan.look().toNanos();
        long redeploy = System.nanoTime() + plan.redeploy().toNanos();
        var names = new ArrayList<>(nodes.keySet());
        for (int deployed = 0; System.nanoTime() < end && counts.faults().isEmpty(); ) {
            LockSupport.parkNanos(Math.min(Math.min(look, redeploy), end) - System.nanoTime());
            if (System.nanoTime() >= redeploy) {
                redeploy(names.get(deployed++ % names.size()));
                redeploy = System.nanoTime() + plan.redeploy().toNanos();
            }
            if (System.nanoTime() >= look) {
                look();
                look = System.nanoTime() + plan.look().toNanos();
            }
        }
        look();
        assertThat(counts.faults()).as("what clients got").isEmpty();
        assertThat(visitors.faults()).as("what went wrong").isEmpty();
    }

    private void redeploy(String name) {
        long before = System.nanoTime();
        nodes.get(name).undeploy();
        nodes.get(name).deploy();
        out.printf("%s %s was deployed anew, in %d ms%n", time(), name, (System.nanoTime() - before) / 1_000_000);
    }

    private void look() {
        Map<String, NodeFigures> now = new LinkedHashMap<>();
        nodes.forEach((name, node) -> now.put(name, NodeFigures.of(node)));
        for (SoakHub hub : hubs) {
            long heap = now.entrySet().stream()
                    .filter(node -> node.getKey().startsWith(hub.name()))
                    .mapToLong(node -> node.getValue().heap())
                    .sum();
            heaps.computeIfAbsent(hub.name(), none -> new ArrayList<>()).add(heap);
        }
        say("look", now);
    }

    private void say(String what, Map<String, NodeFigures> figures) {
        out.printf(
                "%s %s: %d streams are open; %d published, %d requests repeated; %d received, %d of them again,"
                        + " %d gaps; %d streams ended, %d came back; live %s%n",
                time(),
                what,
                what.equals("first") ? 0 : visitors.open(),
                publishers.stream().mapToLong(SoakPublisher::answered).sum(),
                publishers.stream().mapToLong(SoakPublisher::repeated).sum(),
                counts.received.sum(),
                counts.doubled.sum(),
                counts.gaps.sum(),
                counts.ended.sum(),
                counts.resumed.sum(),
                latencies);
        latencies.clear();
        figures.forEach((name, node) -> out.printf("    %s: %s%n", name, node));
        out.printf("    redis-server: %s; keys %s%n", memory(), keys());
        out.flush();
    }

    /** Sees that each client gets the last of what was published to it. */
    void assertAllIsReceived() {
        visitors.settle();
        Eventually.passes(
                PATIENCE,
                () -> assertThat(visitors.absent())
                        .as("clients without a stream")
                        .isEmpty());
        // So that whoever came last gets something.
        for (SoakPublisher publisher : publishers) {
            long before = publisher.answered();
            Eventually.holds(
                    "each topic has one more", PATIENCE, () -> publisher.answered() > before + 4 * SoakHub.CHANNELS);
            publisher.close();
        }
        for (int i = 0; i < hubs.size(); i++) {
            SoakHub hub = hubs.get(i);
            Published published = publishers.get(i).published();
            Eventually.passes(
                    PATIENCE,
                    () -> assertThat(visitors.lacking(hub, published))
                            .as("clients that lack their last event")
                            .isEmpty());
        }
        assertThat(counts.faults()).as("what clients got").isEmpty();
        assertThat(counts.gaps.sum()).as("gaps, though history reached").isZero();
    }

    /** Ends all streams, and sees that nothing of them is left. */
    void assertNothingIsLeft() {
        visitors.close();
        nodes.forEach((name, node) -> Eventually.passes(NOTICE, () -> {
            // Each of a container's selectors remembers the connection it served last until it serves another.
            for (int i = 0; i < 8; i++) {
                Requests.get(node, "/health");
            }
            NodeFigures now = NodeFigures.of(node);
            assertThat(now.open())
                    .as("open streams of %s: %s", name, clients(node))
                    .isZero();
            assertThat(now.streams()).as("streams in memory of %s", name).isZero();
            assertThat(now.classLoaders()).as("web applications of %s", name).isEqualTo(1);
            assertThat(now.descriptors())
                    .as("descriptors of %s", name)
                    .isLessThanOrEqualTo(first.get(name).descriptors() + DESCRIPTOR_SLACK);
            assertThat(threads(node)).as("threads of %s", name).isEqualTo(firstThreads.get(name));
        }));
        Map<String, NodeFigures> last = new LinkedHashMap<>();
        nodes.forEach((name, node) -> last.put(name, NodeFigures.of(node)));
        say("last", last);
        assertThat(keys().keySet())
                .as("keys of Redis")
                .isSubsetOf("call", "ids", "log", "nodes", "order", "passing", "reports", "state", "uses");
        // That of a writer that is gone stays for some minutes.
        assertThat(keys().getOrDefault("call", 0L)).isLessThanOrEqualTo(4);
    }

    /** Sees that the heap of a hub's nodes after a collection has not grown from the first third to the last. */
    void assertHeapIsFlat() {
        heaps.forEach((name, heap) -> {
            int third = heap.size() / 3;
            long before = median(heap.subList(0, third));
            long after = median(heap.subList(heap.size() - third, heap.size()));
            out.printf("%s: heap of the first third %d KiB, of the last %d KiB%n", name, before >> 10, after >> 10);
            assertThat(after)
                    .as("heap of %s after a collection", name)
                    .isLessThanOrEqualTo((long) (before * HEAP_SLACK) + HEAP_SLACK_BYTES);
        });
    }

    private static long median(List<Long> heap) {
        return heap.stream().sorted().toList().get(heap.size() / 2);
    }

    /**
     * How many threads there are by name, digits left out. Those that containers serve requests with are not counted, of which
     * there are as many as were busy at once, nor those of the JVM itself.
     */
    private static Map<String, Long> threads(Container node) {
        return Jvm.of(node).threadNames().stream()
                .filter(name -> !name.matches("qtp.*|http-nio-.*-exec-.*|C[12] CompilerThread.*|Attach Listener"))
                .collect(Collectors.groupingBy(
                        name -> name.replaceAll("[0-9]+", "N"), TreeMap::new, Collectors.counting()));
    }

    private static String clients(Container node) {
        String operator = "Authorization: " + Tokens.operator().bearer();
        return Requests.get(node, "/clients?limit=5", operator).body();
    }

    private String memory() {
        return redis.command("INFO", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory_human:"))
                .findFirst()
                .orElse("");
    }

    /** How many keys Redis has of each kind, the names of hub, node, writer and question left out. */
    private Map<String, Long> keys() {
        String keys = redis.command("KEYS", "*").replaceAll("[\\[\\] ]", "");
        return List.of(keys.split(",", -1)).stream()
                .filter(key -> !key.isEmpty())
                .map(key -> key.replaceFirst("\\{tidings}:([a-z]+).*", "$1"))
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    }

    private String time() {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        return String.format("[%02d:%02d]", since.toMinutes(), since.toSecondsPart());
    }

    private void closeNodes() {
        try {
            nodes.values().forEach(Container::close);
        } finally {
            redis.close();
        }
    }

    @Override
    public void close() {
        visitors.close();
        publishers.forEach(SoakPublisher::close);
        closeNodes();
    }
}
