package dev.tidings.ops;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Checks whether the process may have enough files and sockets open, when the hub starts. Each open stream is one.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param descriptors how many the process may have open
 * @param streams for how many there should be room
 */
public record DescriptorCheck(long descriptors, int streams) {

    /** Beside a stream there may be the one that it replaces, and there are the container's files. */
    private static final int EACH = 2;

    /** Checks this process. Where the system does not tell a bound there is none. */
    public static DescriptorCheck ofThisProcess(int streams) {
        return new DescriptorCheck(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE,
                streams);
    }

    /** Returns a sentence for the operator, or none when there are enough. */
    public List<String> warnings() {
        long needed = (long) EACH * streams;
        if (descriptors >= needed) {
            return List.of();
        }
        return List.of("This process may have " + descriptors + " files and sockets open, and each open stream is one."
                + " Connections beyond that are refused. Allow twice as many as there are to be streams, " + needed
                + " at least: with ulimit -n in a shell, LimitNOFILE= in a unit of systemd");
    }
}
