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
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on loopback, of the programs that Debian's package brings. Its data are in a directory of its own, and it has
 * no socket in the file system.
 *
 * <p>Where there is no PostgreSQL, whoever starts one is skipped, and fails with {@code CI=true}. It refuses to run as root. A
 * build of root's runs it as {@code nobody}.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class PostgresServer implements DatabaseServer {

    private static final String MISSING = "PostgreSQL is not tested: apt-get install postgresql";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "tidings";

    private final Path programs;
    private final Path directory;
    private final int port;
    private ServerProcess process;

    private PostgresServer(Path programs) throws IOException {
        this.programs = programs;
        this.port = LoopbackPort.free();
        this.directory = Unprivileged.own(Files.createTempDirectory("postgres"));
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

    /** Starts one that is empty. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(programs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path programs() throws IOException {
        var places = new ArrayList<Path>();
        if (Files.isDirectory(VERSIONS)) {
            try (Stream<Path> versions = Files.list(VERSIONS)) {
                versions.sorted().forEach(version -> places.add(0, version.resolve("bin")));
            }
        }
        return Executable.require("initdb", MISSING, places).getParent();
    }

    private void initialise() throws IOException {
        Path log = directory.resolve("initdb.log");
        ServerProcess initdb = ServerProcess.start(
                Unprivileged.command(List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + USER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")),
                directory,
                log);
        Eventually.holds("PostgreSQL has made its directory", () -> !initdb.isAlive());
        initdb.close();
        assertThat(data().resolve("postgresql.conf")).as(Files.readString(log)).exists();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private ServerProcess launch() {
        return ServerProcess.start(
                Unprivileged.command(List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-c",
                        "port=" + port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        // What it has written survives its death. Only the machine's would be another matter.
                        "-c",
                        "fsync=off")),
                directory,
                directory.resolve("postgres.log"));
    }

    /** What a killed one has left in memory may be in its way for a moment. */
    private void awaitAnswer() {
        Eventually.holds("PostgreSQL answers", () -> {
            if (!process.isAlive()) {
                process = launch();
            }
            try (Connection connection = source().getConnection()) {
                return connection.isValid(1);
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    @Override
    public DataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(USER);
        return source;
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
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
