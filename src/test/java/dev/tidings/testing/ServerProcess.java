package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive us, nor does what it has started.
 *
 * <p>Ends when it is told to, and when this JVM exits, however the test went. A JVM that is itself killed with
 * {@code kill -9} runs no hook: then, and only then, the process stays.
 *
 * <p><b>Threads.</b> Any; ending it twice is fine.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final Thread hook;

    private ServerProcess(Process process) {
        this.process = process;
        this.hook = new Thread(this::destroyForcibly, "end-process-" + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
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
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
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

    private void destroyForcibly() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
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
