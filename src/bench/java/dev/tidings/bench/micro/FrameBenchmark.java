package dev.tidings.bench.micro;

import dev.tidings.event.EventFrame;
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

/** Encoding an event as text/event-stream, which is done once for all its readers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {

    private static final String ID = "urn:uuid:019aa5b0-0000-7000-8000-000000000001";

    @Param({"100", "10000"})
    int bytes;

    @Param({"1", "10"})
    int lines;

    private String data = "";

    /** Makes the data. */
    @Setup
    public void write() {
        String line = "x".repeat(bytes / lines);
        data = (line + "\n").repeat(lines - 1) + line;
    }

    /** The frame of an event with an id and a type. */
    @Benchmark
    public byte[] encode() {
        return EventFrame.event("news", null, ID, data);
    }
}
