package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that does not outlive us, nor does what it has started, unless it is {@link #leave left} to others.
 *
 * <p>Ends when it is told to, and when this JVM exits, however the test went. A JVM that is itself killed with
 * {@code kill -9} runs no hook: then, and only then, the process stays.
 *
 * <p><b>Threads.</b> Any; ending it twice is fine.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration GRACE = Eventually.LIMIT;

    private final ProcessHandle process;
    private final Thread hook;

    private ServerProcess(ProcessHandle process) {
        this.process = process;
        this.hook = new Thread(this::destroyForcibly, "end-process-" + process.pid());
    }

    /** Starts it in {@code directory}; all it prints goes to {@code log}. */
    public static ServerProcess start(List<String> command, Path directory, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Settings that a developer happens to have exported are no part of a test.
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDINGS_"));
        try {
            var process = new ServerProcess(builder.start().toHandle());
            process.takeOver();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that a JVM has left, if it runs; {@code name} is something that only its command has. */
    static Optional<ServerProcess> left(long pid, String name) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info().commandLine().orElse("").contains(name))
                .map(ServerProcess::new);
    }

    /** Lets it not outlive this JVM. */
    void takeOver() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Lets it outlive this JVM; whoever takes it over has to end it. */
    void leave() {
        forget();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive() && !isZombie();
    }

    /**
     * Whether it has ended, and is listed only because its parent has not asked how. If that is this JVM it will;
     * another may be gone, and whoever has its children then may never do so.
     */
    private boolean isZombie() {
        if (process.parent().filter(ProcessHandle.current()::equals).isPresent()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }

    /** Asks it to end, and makes it end when it has not within the grace; whether it did so by itself. */
    boolean stop() {
        process.destroy();
        boolean ended = ended(GRACE);
        if (!ended) {
            kill();
        }
        forget();
        return ended;
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /** Ends it at once, as a crash or a lost machine would. */
    void kill() {
        destroyForcibly();
        if (!ended(GRACE)) {
            throw new IllegalStateException("Process " + pid() + " cannot be ended");
        }
        forget();
    }

    /** Stops it where it stands with all it has started, as a machine that hangs: it keeps its connections, and answers none. */
    void pause() {
        signal("STOP");
    }

    /** Lets it go on after a {@link #pause}. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        if (!signal(name, List.of(process))) {
            throw new IllegalStateException("Process " + pid() + " takes no signal " + name);
        }
        // One of these may have ended meanwhile.
        signal(name, process.descendants().toList());
    }

    private static boolean signal(String name, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return true;
        }
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while signalling", e);
        }
    }

    private void destroyForcibly() {
        // The parents first: one that sees its worker end, as nginx does, starts another.
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean ended(Duration limit) {
        try {
            Eventually.holds("process " + pid() + " has ended", limit, () -> !isAlive());
            return true;
        } catch (AssertionError itHasNot) {
            return false;
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting already, and the hook ends what has ended.
            return;
        }
    }
}
