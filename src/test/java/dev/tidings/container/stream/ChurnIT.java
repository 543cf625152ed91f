package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Streams are reset by the hundred while others open and events flow.
 *
 * <p>A failing write may make a container recycle a response that another thread is still writing to; then
 * streams that have nothing to do with it die right after their headers, or get each other's bytes. This is the
 * test that shows whether the rules in {@code EventStream} hold.
 */
@Tag("load")
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = "tidings.heartbeat=200ms")
class ChurnIT {

    private static final int ROUNDS = 20;
    private static final int VICTIMS = 150;
    private static final int FRESH = 20;
    private static final int WATCHERS = 8;
    private static final int EVENTS_OF_A_FRESH_STREAM = 10;

    /** How far the publisher may be ahead of the watchers, so that the test never depends on history. */
    private static final int AHEAD = 200;

    private static final String LAST = "last";
    private static final Tokens TOKEN = Tokens.operator();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong watched = new AtomicLong();

    @Test
    void healthyStreamsAreUntouchedWhileOthersAreReset(Container container) throws Exception {
        String topic = "/churn/" + container.pid();
        try {
            var watchers = new ArrayList<Future<Long>>();
            for (int i = 0; i < WATCHERS; i++) {
                StreamRecorder stream = open(container, topic);
                watchers.add(
                        threads.submit(i == 0 ? () -> watch(stream, watched) : () -> watch(stream, new AtomicLong())));
            }
            Future<Long> published = threads.submit(publishing(container, topic));
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(published).as("the publisher").isNotDone();
                churn(container, topic);
            }
            done.set(true);
            for (Future<Long> watcher : watchers) {
                assertThat(watcher.get()).isEqualTo(published.get());
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        Eventually.passes(() -> {
            assertThat(Jvm.of(container).instances("dev.tidings.http.stream.EventStream"))
                    .isZero();
            assertThat(Jvm.of(container).instances("dev.tidings.hub.Subscriber"))
                    .isZero();
        });
    }

    private void churn(Container container, String topic) throws Exception {
        var victims = new ArrayList<StalledReader>();
        for (int i = 0; i < VICTIMS; i++) {
            victims.add(container.stream("/events?topic=" + topic).with(TOKEN).stall(4_096));
        }
        Future<?> resets = threads.submit(() -> victims.forEach(StalledReader::cut));
        var fresh = new ArrayList<Future<Void>>();
        for (int i = 0; i < FRESH; i++) {
            fresh.add(threads.submit(() -> freshStream(container, topic)));
        }
        resets.get();
        for (Future<Void> stream : fresh) {
            stream.get();
        }
    }

    /** A stream that opens in the middle of it gets events of its topic from some number on, each once, in order. */
    private static Void freshStream(Container container, String topic) {
        try (StreamRecorder stream = open(container, topic)) {
            List<Block> events = stream.next(EVENTS_OF_A_FRESH_STREAM);
            long first = Long.parseLong(events.get(0).data());
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).data()).isEqualTo(Long.toString(first + i));
            }
            return null;
        }
    }

    private static StreamRecorder open(Container container, String topic) {
        StreamRecorder stream =
                container.stream("/events?topic=" + topic).with(TOKEN).open();
        assertThat(stream.status()).isEqualTo(200);
        return stream;
    }

    /** Reads every number from 1 up to the last event. */
    private static long watch(StreamRecorder stream, AtomicLong seen) {
        try (stream) {
            for (long expected = 1; ; expected++) {
                String data = stream.next().data();
                if (LAST.equals(data)) {
                    return expected - 1;
                }
                assertThat(data).isEqualTo(Long.toString(expected));
                seen.set(expected);
            }
        }
    }

    private Callable<Long> publishing(Container container, String topic) {
        Publisher publisher = Publisher.to(container);
        return () -> {
            long number = 0;
            while (!done.get()) {
                number++;
                publisher.publish(topic, Long.toString(number));
                if (number - watched.get() > AHEAD) {
                    long enough = number - AHEAD / 2;
                    Eventually.holds("the watchers follow", () -> watched.get() >= enough);
                }
            }
            publisher.publish(topic, LAST);
            return number;
        };
    }
}
