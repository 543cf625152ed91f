package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdPublisher;
import dev.tidings.testing.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Events that are all published on the first node, at a pace, and streams that read them, spread over all nodes.
 *
 * @param streams how many streams there are
 * @param perSecond how many events a second
 * @param events how many events in all
 */
record AcrossNodes(int streams, double perSecond, int events) implements NodesScenario {

    /** The same with fewer streams and events, if there are to be no more. */
    AcrossNodes atMost(int mostStreams, int mostEvents) {
        return new AcrossNodes(Math.min(streams, mostStreams), perSecond, Math.min(events, mostEvents));
    }

    @Override
    public Outcome run(HubOfNodes hub, Duration quiet) {
        String channel = "b" + UUID.randomUUID().toString().replace("-", "");
        var patience = new Patience(quiet);
        var groups = new ArrayList<Group>();
        var crowds = new ArrayList<Crowd>();
        try {
            for (int i = 0; i < hub.nodes().size(); i++) {
                Target node = hub.nodes().get(i);
                int share = (streams + hub.nodes().size() - 1 - i) / hub.nodes().size();
                var group = new Group(node, share, 0, index -> channel);
                groups.add(group);
                open(node, group, patience, crowds);
            }
            Pump pump = publish(hub.nodes().get(0), channel, groups, patience, crowds);
            var latencies = new Latencies();
            long last = pump.began();
            for (Group group : groups) {
                latencies.add(group.tally().latencies());
                last = Math.max(last, group.tally().lastAt());
            }
            var outcome = new Outcome()
                    .rate(Metric.DELIVERIES, (long) events * streams, last - pump.began())
                    .latencies(latencies);
            groups.forEach(group -> outcome.verify(group, stream -> events));
            return outcome;
        } finally {
            crowds.forEach(Crowd::close);
        }
    }

    private static void open(Target node, Group group, Patience patience, List<Crowd> crowds) {
        var crowd = new Crowd(node.uri());
        crowds.add(crowd);
        var opening = new Opening(group.streams());
        crowd.assign(opening);
        group.streams().forEach(crowd::open);
        await(patience, opening::await, opening::opened, crowds, "streams to open");
    }

    private Pump publish(Target node, String channel, List<Group> groups, Patience patience, List<Crowd> crowds) {
        var arrivals = new ArrayList<Arrivals>();
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            group.expect((long) events * group.size());
            group.tally().measure(true);
            var arrival = new Arrivals(group);
            arrivals.add(arrival);
            crowds.get(i).assign(arrival);
        }
        var crowd = new Crowd(node.uri());
        crowds.add(crowd);
        var publisher = new CrowdPublisher(crowd);
        crowd.open(publisher);
        var script = new Broadcast(node, channel, ClosedLoop.BYTES);
        var nobody = new Group(node, 0, 0, index -> channel);
        var pump = new Pump(script, events, Pace.perSecond(perSecond), List.of(publisher), List.of(nobody));
        crowd.assign(pump);
        await(patience, pump::await, pump::progress, crowds, "events to be published");
        arrivals.forEach(
                arrival -> await(patience, arrival::await, arrival::delivered, crowds, "events to be delivered"));
        return pump;
    }

    private static void await(
            Patience patience, Patience.Wait wait, LongSupplier progress, List<Crowd> crowds, String what) {
        patience.await(
                wait,
                progress,
                () -> crowds.stream().flatMap(crowd -> crowd.faults().stream()).toList(),
                () -> "no progress while waiting for " + what);
    }
}
