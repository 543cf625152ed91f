package dev.tidings.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server on this machine spends of its processors.
 *
 * <p>That is the time of its process and of those it has started. Where Linux tells of it, what the machine spent on
 * interrupts is added: on loopback the receiving of what was sent is done there, and on many kernels accounted to
 * nobody. What else goes on in the machine is in that, too.
 *
 * <p><b>Threads.</b> One.
 */
final class Meter {

    private static final Path MACHINE = Path.of("/proc/stat");
    private static final int IRQ = 6;
    private static final int SOFTIRQ = 7;

    /** Linux counts in hundredths of a second here, whatever its clock. */
    private static final double MICROS_PER_TICK = 10_000;

    private final Optional<ProcessHandle> process;
    private double before;

    Meter(Optional<ProcessHandle> process) {
        this.process = process;
    }

    /** Begins to count. */
    void start() {
        before = micros();
    }

    /** The microseconds spent since it started for each of so many; empty where that is not known. */
    Optional<Double> each(long count) {
        return process.isEmpty() ? Optional.empty() : Optional.of((micros() - before) / count);
    }

    private double micros() {
        return process.map(server -> Stream.concat(Stream.of(server), server.descendants())
                                        .map(ProcessHandle::info)
                                        .flatMap(info -> info.totalCpuDuration().stream())
                                        .mapToLong(Duration::toNanos)
                                        .sum()
                                / 1e3
                        + interrupts())
                .orElse(0.0);
    }

    private static double interrupts() {
        if (!Files.isReadable(MACHINE)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(MACHINE)) {
            List<String> all = List.of(lines.findFirst().orElse("").split("\\s+", -1));
            return (Long.parseLong(all.get(IRQ)) + Long.parseLong(all.get(SOFTIRQ))) * MICROS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }
}
