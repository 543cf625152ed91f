package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A thousand clients whose connections are cut at random come back while events are published: each gets each, once. */
@EveryContainer(settings = "tidings.outbox.events=16")
class ReconnectStormIT {

    private static final int CLIENTS = 1_000;
    private static final int EVENTS = 100;
    private static final int LONGEST_STRETCH = 40;

    /** A storm takes the test's own machine some time, too. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void nobodyLosesOrDoublesAnEvent(Container container) throws Exception {
        String topic = Fresh.topic();
        StreamRequest request = container.stream("/events?topic=" + topic).with(Tokens.operator());
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            var clients = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(client(request.open(), request, new Random(i))));
            }
            var expected = new ArrayList<String>();
            Publisher publisher = Publisher.to(container);
            for (int i = 0; i < EVENTS; i++) {
                publisher.publish(topic, Integer.toString(i));
                expected.add(Integer.toString(i));
            }
            for (Future<List<String>> client : clients) {
                assertThat(client.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads some, is cut, and comes back with the last event id that it was told; until it has seen the last event. */
    private static Callable<List<String>> client(StreamRecorder first, StreamRequest request, Random random) {
        return () -> {
            var seen = new ArrayList<String>();
            StreamRecorder stream = first;
            while (true) {
                int stretch = Math.min(1 + random.nextInt(LONGEST_STRETCH), EVENTS - seen.size());
                for (int i = 0; i < stretch; i++) {
                    seen.add(stream.next(PATIENCE).data());
                }
                stream.cut();
                if (seen.size() == EVENTS) {
                    return seen;
                }
                stream = request.after(stream.lastEventId()).open();
            }
        };
    }
}
