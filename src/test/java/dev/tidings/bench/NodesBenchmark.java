package dev.tidings.bench;

import dev.tidings.bench.BenchmarkRun.Turn;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a hub of many nodes is, beside one with its log in memory and beside Redis alone. Its part of
 * {@code docs/benchmark.md} says how to run it.
 *
 * <p>All hubs are up from beginning to end, and take turns, so that none has another machine than the next.
 *
 * <p><b>Threads.</b> One; a trial has others.
 */
final class NodesBenchmark implements AutoCloseable {

    private static final String MEMORY = "memory";
    private static final String ONE = "one-node";
    private static final String THREE = "three-nodes";
    private static final List<String> SERVERS = List.of(MEMORY, ONE, THREE, BareXadd.NAME);

    /** What is done only when it is asked for by name: it takes a machine of some size. */
    private static final String MANY = "across-many";

    private final Plan plan;
    private final PrintStream out;
    private final RedisServer redis;
    private final List<HubOfNodes> hubs = new ArrayList<>();

    private NodesBenchmark(Plan plan, String sync, PrintStream out) {
        this.plan = plan;
        this.out = out;
        this.redis = RedisServer.start("appendonly yes", "appendfsync " + sync);
    }

    private static NodesBenchmark start(Options options, PrintStream out) {
        Map<String, NodesScenario> all = scenarios();
        Plan plan = Plan.from(
                options,
                all.keySet(),
                all.keySet().stream().filter(name -> !name.equals(MANY)).toList(),
                String.join(",", SERVERS));
        if (!SERVERS.containsAll(plan.servers())) {
            throw new IllegalArgumentException("servers are " + plan.servers() + ", there are " + SERVERS);
        }
        var benchmark = new NodesBenchmark(plan, options.text("redis", "everysec"), out);
        try {
            benchmark.add(MEMORY, 1, "memory:");
            benchmark.add(ONE, 1, benchmark.redis.address());
            benchmark.add(THREE, 3, benchmark.redis.address());
            return benchmark;
        } catch (RuntimeException | Error failure) {
            benchmark.close();
            throw failure;
        }
    }

    /** Exits with 1 when an event was missing, came again or out of order, or a trial failed otherwise; else with 0. */
    public static void main(String... arguments) throws IOException {
        System.exit(measure(Options.of(arguments), System.out) ? 0 : 1);
    }

    /** Starts the servers, runs all, ends the servers, and returns whether all went well. */
    static boolean measure(Options options, PrintStream out) throws IOException {
        try (NodesBenchmark benchmark = start(options, out)) {
            return benchmark.run();
        }
    }

    private static Map<String, NodesScenario> scenarios() {
        Map<String, NodesScenario> all = new LinkedHashMap<>();
        all.put("publish-1", new ClosedLoop(1, 1, 2_000));
        all.put("publish-8", new ClosedLoop(8, 1, 10_000));
        all.put("publish-64", new ClosedLoop(64, 1, 20_000));
        all.put("publish-ndjson", new ClosedLoop(8, 100, 100_000));
        all.put("across", new AcrossNodes(30, 50, 200));
        all.put(MANY, new AcrossNodes(10_000, 20, 200));
        return all;
    }

    private void add(String name, int nodes, String log) {
        if (plan.servers().contains(name)) {
            out.println("starting " + name);
            hubs.add(HubOfNodes.start(name, nodes, log));
        }
    }

    private boolean run() throws IOException {
        return new BenchmarkRun(plan, out).run(turns(), Optional.of(MEMORY).filter(plan.servers()::contains));
    }

    private List<Turn> turns() {
        var turns = new ArrayList<Turn>();
        for (int round = 1 - plan.warmUps(); round <= plan.rounds(); round++) {
            for (String name : plan.scenarios()) {
                NodesScenario scenario = scenarios().get(name);
                if (scenario instanceof AcrossNodes across) {
                    add(turns, round, name, across.atMost(plan.maxStreams(), plan.maxEvents()));
                } else if (scenario instanceof ClosedLoop loop) {
                    ClosedLoop load = loop.atMost(plan.maxEvents());
                    add(turns, round, name, load);
                    if (plan.servers().contains(BareXadd.NAME)) {
                        turns.add(new Turn(round, name, BareXadd.NAME, () -> new BareXadd(redis).run(load)));
                    }
                }
            }
        }
        return turns;
    }

    private void add(List<Turn> turns, int round, String name, NodesScenario scenario) {
        hubs.forEach(hub -> turns.add(new Turn(round, name, hub.name(), () -> scenario.run(hub, plan.patience()))));
    }

    @Override
    public void close() {
        hubs.forEach(HubOfNodes::close);
        redis.close();
    }
}
