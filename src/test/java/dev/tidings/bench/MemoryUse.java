package dev.tidings.bench;

import dev.tidings.testing.Jvm;
import dev.tidings.testing.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What memory a server has in use. Of a JVM on this machine these are its live objects, for which its heap is collected. A hub's
 * metrics tell of its direct buffers, if they can be read. Of other processes it is what Linux says that they have in memory.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param bytes how many of each kind are in use, of the kinds that are known
 */
record MemoryUse(Map<Metric, Long> bytes) {

    private static final String DIRECT = "jvm_buffer_pool_used_bytes{pool=\"direct\"}";
    private static final String PROPORTIONAL = "Pss:";
    private static final long KIBIBYTE = 1_024;

    /** That of a server now. */
    static MemoryUse of(Target target) {
        var bytes = new EnumMap<Metric, Long>(Metric.class);
        target.process().ifPresent(process -> {
            if (isJvm(process)) {
                long heap = Jvm.of(process).liveObjects().bytes();
                if (heap > 0) {
                    bytes.put(Metric.HEAP, heap);
                }
            } else {
                resident(process).ifPresent(resident -> bytes.put(Metric.RESIDENT, resident));
            }
        });
        if (target.can(Target.Ability.METRICS)) {
            direct(target).ifPresent(direct -> bytes.put(Metric.DIRECT, direct));
        }
        return new MemoryUse(bytes);
    }

    /** Whether this kind of memory is known. */
    boolean knows(Metric kind) {
        return bytes.containsKey(kind);
    }

    /** How many KiB more than before there are for each of so many. */
    Map<Metric, Double> growth(MemoryUse before, int count) {
        var growth = new EnumMap<Metric, Double>(Metric.class);
        bytes.forEach((metric, now) -> Optional.ofNullable(before.bytes.get(metric))
                .ifPresent(earlier -> growth.put(metric, (double) (now - earlier) / KIBIBYTE / count)));
        return growth;
    }

    private static boolean isJvm(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).endsWith("java"))
                .orElse(false);
    }

    private static Optional<Long> direct(Target hub) {
        try {
            return Optional.ofNullable(Scrape.of(hub.uri()).series().get(DIRECT))
                    .map(Math::round);
        } catch (UncheckedIOException notOpen) {
            return Optional.empty();
        }
    }

    /** Memory that processes share counts once. */
    private static Optional<Long> resident(ProcessHandle process) {
        OptionalLong own = residentAlone(process);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        long sum = own.getAsLong();
        for (ProcessHandle child : process.descendants().toList()) {
            OptionalLong resident = residentAlone(child);
            if (resident.isEmpty() && child.isAlive()) {
                return Optional.empty();
            }
            sum += resident.orElse(0);
        }
        return Optional.of(sum);
    }

    private static OptionalLong residentAlone(ProcessHandle process) {
        Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        try (Stream<String> lines = Files.readString(rollup).lines()) {
            return lines.filter(line -> line.startsWith(PROPORTIONAL))
                    .mapToLong(line -> KIBIBYTE * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException goneOrNotLinuxOrNotOurs) {
            return OptionalLong.empty();
        }
    }
}
