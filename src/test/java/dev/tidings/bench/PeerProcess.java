package dev.tidings.bench;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Starts the processes of other makes of server.
 *
 * <p><b>Threads.</b> Any.
 */
final class PeerProcess {

    /** A JVM may take long on a busy machine. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private PeerProcess() {}

    /**
     * Starts a process and waits until it listens. All it prints goes to {@code server.log} in the directory, which it runs in.
     *
     * @param listens whether it does by now
     * @throws IllegalStateException if it ends before that, as it does if another server has its port
     * @throws AssertionError if it does not listen within a minute; it is ended then
     */
    static ServerProcess start(String name, List<String> command, Path directory, Eventually.Condition listens) {
        Path log = directory.resolve("server.log");
        ServerProcess process = ServerProcess.start(command, directory, log);
        try {
            Eventually.holds(
                    name + " listens, see " + directory, START_LIMIT, () -> !process.isAlive() || listens.holds());
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " has ended, and " + log + " may say why");
            }
            return process;
        } catch (RuntimeException | Error failure) {
            process.close();
            throw failure;
        }
    }
}
