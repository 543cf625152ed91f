package dev.tidings.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A database in a process of its own, on loopback, with its data in a directory of its own.
 *
 * <p><b>Threads.</b> One at a time.
 */
abstract class DatabaseProcess implements DatabaseServer {

    private final String name;
    private final Path directory;
    private final int port;
    private ServerProcess process;

    /** @param name the product's, by which its directory and its log are called */
    DatabaseProcess(String name) throws IOException {
        this.name = name;
        this.port = LoopbackPort.free();
        this.directory = Unprivileged.own(Files.createTempDirectory(name));
    }

    /** Starts it with the directory that this makes. If it does not start, nothing is left. */
    final void begin() throws IOException {
        try {
            initialise();
            process = launch();
            awaitAnswer();
        } catch (Throwable failure) {
            if (process != null) {
                process.kill();
            }
            Directories.delete(directory);
            throw failure;
        }
    }

    /** Makes the directory of its data. */
    abstract void initialise() throws IOException;

    /** The command that starts it. */
    abstract List<String> command();

    /** Whether it can be used over this connection, which is the first. */
    abstract boolean isReady(Connection connection) throws SQLException;

    /** Connects to what is there before anything was made in it. */
    abstract Connection connect() throws SQLException;

    final Path directory() {
        return directory;
    }

    final Path data() {
        return directory.resolve("data");
    }

    final int port() {
        return port;
    }

    /** Runs a program that makes something in the directory, and waits for it. */
    final void run(List<String> command, Path log) {
        ServerProcess making = ServerProcess.start(Unprivileged.command(command), directory, log);
        Eventually.holds(name + " has made its directory", () -> !making.isAlive());
        making.close();
    }

    private ServerProcess launch() {
        return ServerProcess.start(Unprivileged.command(command()), directory, directory.resolve(name + ".log"));
    }

    /** What a killed one has left in memory may be in its way for a moment. */
    private void awaitAnswer() {
        Eventually.holds(name + " answers", () -> {
            if (!process.isAlive()) {
                process = launch();
            }
            try (Connection connection = connect()) {
                return isReady(connection);
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    @Override
    public final void kill() {
        process.kill();
    }

    @Override
    public final void pause() {
        process.pause();
    }

    @Override
    public final void resume() {
        process.resume();
    }

    @Override
    public final void restart() {
        process = launch();
        awaitAnswer();
    }

    @Override
    public final void close() {
        process.kill();
        Eventually.passes(() -> Directories.delete(directory));
    }
}
