package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks into the JVM of a container, with the JDK's own {@code jcmd}. */
public final class Jvm {

    /** Has every JVM below a process compile and collect as those do that live for seconds; it says so on its standard error. */
    public static final Map<String, String> BRIEF =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    private static final Pattern THREAD = Pattern.compile("(?m)^\"(.*)\" #\\d+ ");

    private final long pid;

    private Jvm(long pid) {
        this.pid = pid;
    }

    /** The JVM of this container. */
    public static Jvm of(Container container) {
        return new Jvm(container.pid());
    }

    /** The JVM that is this process. */
    public static Jvm of(ProcessHandle process) {
        return new Jvm(process.pid());
    }

    /** How many live objects there are of exactly this class, after a full collection. */
    public long instances(String className) {
        return liveObjects().count(className);
    }

    /** Its live objects, after a full collection. */
    public LiveObjects liveObjects() {
        return LiveObjects.of(jcmd("GC.class_histogram"));
    }

    /** How many classes it has loaded and not unloaded. */
    public long classes() {
        String counters = jcmd("PerfCounter.print");
        return counter(counters, "java.cls.loadedClasses")
                + counter(counters, "java.cls.sharedLoadedClasses")
                - counter(counters, "java.cls.unloadedClasses")
                - counter(counters, "java.cls.sharedUnloadedClasses");
    }

    private static long counter(String counters, String name) {
        return counters.lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no counter " + name));
    }

    /** How many files and sockets the process has open; only on Linux. */
    public int descriptors() {
        return entries("fd");
    }

    /** How many threads the process has, those of the JVM itself too; only on Linux. */
    public int threadCount() {
        return entries("task");
    }

    private int entries(String directory) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), directory))) {
            return Math.toIntExact(entries.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stacks of all its threads, as text. */
    public String threads() {
        return jcmd("Thread.print");
    }

    /** The names of its threads of Java; those of the JVM itself are left out, but for its compilers. */
    public List<String> threadNames() {
        return THREAD.matcher(threads())
                .results()
                .map(thread -> thread.group(1))
                .toList();
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
