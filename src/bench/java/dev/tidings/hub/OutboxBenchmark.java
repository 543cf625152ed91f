package dev.tidings.hub;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Events through an outbox: some are put in, then all are taken out, as a stream does that is woken late. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OutboxBenchmark {

    private static final long BYTES = 1L << 20;

    @Param({"1", "16", "256"})
    int events;

    private final Event event = Event.kept(
            new Position(Epoch.startingAt(Instant.EPOCH), 1),
            new PublishRequest(List.of("/news"), null, "x".repeat(100), null, null, false),
            Instant.EPOCH);
    private final List<Event> taken = new ArrayList<>();
    private final Outbox outbox = new Outbox(256, BYTES);

    /** One time through; the figure is for all the events together. */
    @Benchmark
    public int through() {
        for (int i = 0; i < events; i++) {
            outbox.offer(event);
        }
        taken.clear();
        outbox.drainTo(taken, events, BYTES);
        return taken.size();
    }
}
