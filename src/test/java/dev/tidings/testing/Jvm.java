package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks into the JVM of a container, with the JDK's own {@code jcmd}. */
public final class Jvm {

    /** Has every JVM below a process compile and collect as those do that live for seconds; it says so on its standard error. */
    public static final Map<String, String> BRIEF =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    private final long pid;

    private Jvm(long pid) {
        this.pid = pid;
    }

    /** The JVM of this container. */
    public static Jvm of(Container container) {
        return new Jvm(container.pid());
    }

    /** How many live objects there are of exactly this class, after a full collection. */
    public long instances(String className) {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> List.of(line.trim().split("\\s+", -1)))
                .filter(columns -> columns.size() >= 4 && columns.get(3).equals(className))
                .mapToLong(columns -> Long.parseLong(columns.get(1)))
                .sum();
    }

    /** The stacks of all its threads, as text. */
    public String threads() {
        return jcmd("Thread.print");
    }

    /** Writes the classes it has loaded to a file that other JVMs can map, if it was started to record them. */
    void archiveClasses(Path file) {
        jcmd("VM.cds dynamic_dump " + file);
    }

    private String jcmd(String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(
                            jcmd, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
