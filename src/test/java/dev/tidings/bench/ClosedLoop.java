package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many publishers, spread over the nodes, each of which sends its next request when the last one is answered. There are no
 * streams.
 *
 * @param batch how many events a request has
 * @param events how many they publish together
 */
record ClosedLoop(int publishers, int batch, int events) implements NodesScenario {

    /** About how many bytes of data an event has. */
    static final int BYTES = 100;

    /** The same with fewer events, if there are to be no more. */
    ClosedLoop atMost(int most) {
        return new ClosedLoop(publishers, batch, Math.max(batch, Math.min(events, most)));
    }

    /** How many requests there are. */
    int requests() {
        return events / batch;
    }

    @Override
    public Outcome run(HubOfNodes hub, Duration quiet) {
        String channel = "b" + UUID.randomUUID().toString().replace("-", "");
        var left = new AtomicInteger(requests());
        var loops = new ArrayList<PublisherLoop>();
        var crowds = new ArrayList<Crowd>();
        try {
            for (int i = 0; i < Math.min(publishers, hub.nodes().size()); i++) {
                Target node = hub.nodes().get(i);
                int share =
                        (publishers + hub.nodes().size() - 1 - i) / hub.nodes().size();
                var crowd = new Crowd(node.uri());
                crowds.add(crowd);
                loops.add(new PublisherLoop(crowd, share, request(node, channel), left));
            }
            var patience = new Patience(quiet);
            loops.forEach(loop -> await(patience, loop::awaitConnected, left, crowds));
            long began = System.nanoTime();
            loops.forEach(PublisherLoop::start);
            loops.forEach(loop -> await(patience, loop::awaitDone, left, crowds));
            long ended = loops.stream().mapToLong(PublisherLoop::endedAt).max().orElse(began);
            return new Outcome().rate(Metric.PUBLISHED, (long) requests() * batch, ended - began);
        } finally {
            crowds.forEach(Crowd::close);
        }
    }

    private byte[] request(Target node, String channel) {
        String data = Padding.of(BYTES);
        return batch == 1
                ? node.publish(channel, data)
                : node.publishAll(Collections.nCopies(batch, new Target.Item(channel, data)));
    }

    private static void await(Patience patience, Patience.Wait wait, AtomicInteger left, List<Crowd> crowds) {
        patience.await(
                wait,
                left::get,
                () -> crowds.stream().flatMap(crowd -> crowd.faults().stream()).toList(),
                () -> "no progress while waiting for publishers, with " + left + " requests left");
    }
}
