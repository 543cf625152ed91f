package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive us.
 *
 * <p>Ends when it is told to, and when this JVM exits, however the test went. A JVM that is itself killed with
 * {@code kill -9} runs no hook: then, and only then, the process stays.
 *
 * <p><b>Threads.</b> Any; ending it twice is fine.
 */
final class ServerProcess {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final Thread hook;

    private ServerProcess(Process process) {
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "end-process-" + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts it in {@code directory}; all it prints goes to {@code log}. */
    static ServerProcess start(List<String> command, Path directory, Path log) {
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

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, and makes it end when it has not within the grace. */
    void stop() {
        process.destroy();
        if (!ended(GRACE)) {
            kill();
        }
        forget();
    }

    /** Ends it at once, as a crash or a lost machine would. */
    void kill() {
        process.destroyForcibly();
        if (!ended(GRACE)) {
            throw new IllegalStateException("Process " + pid() + " cannot be ended");
        }
        forget();
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
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
