package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event from the log into the outboxes of those it is for, and out of these again, beside others. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeliveryBenchmark {

    private static final int TOPICS = 1_000;
    private static final int TOPICS_OF_EACH = 20;
    private static final int MATCHING = 100;

    /** Who else is subscribed beside the hundred that the event is for. */
    public enum Others {
        NONE,
        /** 9,900 streams, each with 20 of 1,000 topics; none with the event's. */
        EXACT,
        /** 1,000 streams, each with a template of its own; the event's topic is one that nobody has seen before. */
        TEMPLATES
    }

    @Param
    Others others = Others.NONE;

    private final HandingLog log = new HandingLog();
    private final Hub hub = new Hub(log, 256, 1L << 20, Clock.systemUTC());
    private final List<Subscriber> woken = new ArrayList<>();
    private long sequence;

    /** Subscribes all. */
    @Setup
    public void subscribe() {
        for (int i = 0; i < MATCHING; i++) {
            subscribe(List.of("/topics/mine", "*"));
        }
        for (int i = 0; others == Others.EXACT && i < 99 * MATCHING; i++) {
            var topics = new ArrayList<String>();
            for (int j = 0; j < TOPICS_OF_EACH; j++) {
                topics.add("/topics/" + (i * TOPICS_OF_EACH + j) % TOPICS);
            }
            subscribe(topics);
        }
        for (int i = 0; others == Others.TEMPLATES && i < TOPICS; i++) {
            subscribe(List.of("/topics/{kind}/" + i + "/{name}"));
        }
    }

    /** One event, to a hundred streams. */
    @Benchmark
    public int deliver() {
        String topic = others == Others.TEMPLATES ? "/topics/new" + sequence + "/none/front" : "/topics/mine";
        log.hand(Event.kept(
                new Position(log.epoch, ++sequence),
                new PublishRequest(List.of(topic), null, "x", null, null, false),
                Instant.EPOCH));
        int taken = 0;
        for (Subscriber subscriber : woken) {
            taken += subscriber.next(1_024, 1L << 16).size();
        }
        woken.clear();
        return taken;
    }

    private void subscribe(List<String> topics) {
        hub.subscribe(
                new Subscription(
                        SelectorSet.parse(topics),
                        SelectorSet.of(List.of()),
                        new Peer(null, "", "", "", "", null),
                        StartRequest.NOW),
                Taking::new);
    }

    /** A stream that takes what there is when its turn comes. */
    private final class Taking implements Sink {

        private final Subscriber subscriber;

        Taking(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void wake() {
            woken.add(subscriber);
        }

        @Override
        public void end(DisconnectReason reason) {
            throw new IllegalStateException(reason.name());
        }
    }
}
