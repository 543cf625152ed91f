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
 * A real PostgreSQL on loopback, of the programs that Debian's package brings. It has no socket in the file system.
 *
 * <p>Where there is no PostgreSQL, whoever starts one is skipped, and fails with {@code CI=true}. It refuses to run as root. A
 * build of root's runs it as {@code nobody}.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class PostgresServer extends DatabaseProcess {

    private static final String MISSING = "PostgreSQL is not tested: apt-get install postgresql";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "tidings";

    private final Path programs;

    private PostgresServer(Path programs) throws IOException {
        super("postgres");
        this.programs = programs;
        begin();
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

    @Override
    void initialise() throws IOException {
        Path log = directory().resolve("initdb.log");
        run(
                List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + USER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"),
                log);
        assertThat(data().resolve("postgresql.conf")).as(Files.readString(log)).exists();
    }

    @Override
    List<String> command() {
        return List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-c",
                "port=" + port(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                // What it has written survives its death. Only the machine's would be another matter.
                "-c",
                "fsync=off");
    }

    @Override
    Connection connect() throws SQLException {
        return source().getConnection();
    }

    @Override
    boolean isReady(Connection connection) throws SQLException {
        return connection.isValid(1);
    }

    @Override
    public DataSource source() {
        return source(USER, "");
    }

    @Override
    public DataSource source(String user, String parameters) {
        var source = new PGSimpleDataSource();
        source.setUrl(url() + parameters);
        source.setUser(user);
        return source;
    }

    @Override
    public String documentedLimits() {
        return "?connectTimeout=5&socketTimeout=20";
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
    }

    @Override
    public String user() {
        return USER;
    }
}
