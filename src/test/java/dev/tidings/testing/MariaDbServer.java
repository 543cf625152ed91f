package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A real MariaDB on loopback, with its data in a directory of its own.
 *
 * <p>Where there is no MariaDB, whoever starts one is skipped, and fails with {@code CI=true}.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class MariaDbServer implements DatabaseServer {

    private static final String MISSING = "MariaDB is not tested: apt-get install mariadb-server";
    private static final String USER = "root";

    private final Path directory;
    private final int port;
    private ServerProcess process;

    private MariaDbServer() throws IOException {
        Path install = Executable.require("mariadb-install-db", MISSING);
        port = LoopbackPort.free();
        directory = Unprivileged.own(Files.createTempDirectory("mariadb"));
        try {
            initialise(install);
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

    /** Starts one that has an empty database. */
    public static MariaDbServer start() {
        try {
            return new MariaDbServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise(Path install) throws IOException {
        Path log = directory.resolve("install.log");
        ServerProcess initialising = ServerProcess.start(
                Unprivileged.command(List.of(
                        install.toString(),
                        "--no-defaults",
                        "--datadir=" + data(),
                        "--auth-root-authentication-method=normal",
                        "--skip-name-resolve",
                        "--skip-test-db")),
                directory,
                log);
        Eventually.holds("MariaDB has made its directory", () -> !initialising.isAlive());
        initialising.close();
        assertThat(data().resolve("mysql")).as(Files.readString(log)).exists();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private ServerProcess launch() {
        var command = new ArrayList<String>();
        command.add(Executable.require("mariadbd", MISSING).toString());
        command.add("--no-defaults");
        command.add("--datadir=" + data());
        command.add("--port=" + port);
        command.add("--bind-address=127.0.0.1");
        command.add("--socket=" + directory.resolve("socket"));
        command.add("--pid-file=" + directory.resolve("pid"));
        command.add("--skip-name-resolve");
        command.add("--innodb-buffer-pool-size=16M");
        return ServerProcess.start(Unprivileged.command(command), directory, directory.resolve("mariadb.log"));
    }

    private void awaitAnswer() {
        Eventually.holds("MariaDB answers", () -> {
            if (!process.isAlive()) {
                process = launch();
            }
            try (Connection connection = source("").getConnection()) {
                connection.createStatement().execute("create database if not exists tidings");
                return true;
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    @Override
    public DataSource source() {
        return source("tidings");
    }

    private DataSource source(String database) {
        try {
            var source = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/" + database);
            source.setUser(USER);
            return source;
        } catch (SQLException badAddress) {
            throw new AssertionError(badAddress);
        }
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/tidings";
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        process = launch();
        awaitAnswer();
    }

    @Override
    public void close() {
        process.kill();
        Eventually.passes(() -> Directories.delete(directory));
    }
}
