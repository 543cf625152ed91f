package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real redis-server on loopback, that stores nothing on disk unless it is told to.
 *
 * <p>Where there is no redis-server, whoever starts one is skipped, and fails with {@code CI=true}.
 *
 * <p><b>Threads.</b> One at a time, except that any may give it {@link #command commands}.
 */
public final class RedisServer implements AutoCloseable {

    /** It begins with nothing, and has replicas follow at once. */
    private static final List<String> USUAL =
            List.of("save \"\"", "repl-diskless-sync-delay 0", "repl-ping-replica-period 1");

    private static final String PASSWORD = "requirepass ";

    private final Path program;
    private final RedisProcess process;
    private final int tlsPort;

    private RedisServer(Path program, List<String> lines, int tlsPort) {
        var all = new ArrayList<>(USUAL);
        all.addAll(lines);
        this.program = program;
        this.process = RedisProcess.start(program, all, List.of(), password(lines));
        this.tlsPort = tlsPort;
    }

    /** Skips whoever asks where there is no redis-server, and fails with {@code CI=true}. */
    public static void assumeInstalled() {
        RedisProcess.executable();
    }

    /** Starts one with these lines of redis.conf, as in {@code appendonly yes}. */
    public static RedisServer start(String... lines) {
        return new RedisServer(RedisProcess.executable(), List.of(lines), 0);
    }

    /** Starts one of another version, and so will its replicas be. */
    public static RedisServer start(RedisVersion version, String... lines) {
        return new RedisServer(version.program(), List.of(lines), 0);
    }

    /** Starts one that has a second port over TLS, with this certificate. It asks clients for none. */
    public static RedisServer overTls(KeyStoreFile certificate, String... lines) {
        try {
            int port = LoopbackPort.free();
            String pem = certificate.pem().toString();
            var all = new ArrayList<>(List.of(lines));
            all.addAll(List.of("tls-port " + port, "tls-cert-file " + pem, "tls-key-file " + pem));
            if (all.stream().noneMatch(line -> line.startsWith("tls-auth-clients"))) {
                all.add("tls-auth-clients no");
            }
            all.add("tls-ca-cert-file " + pem);
            return new RedisServer(RedisProcess.executable(), all, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a replica of this server, and waits until it has what the server has. */
    public RedisServer replica(String... lines) {
        var all = new ArrayList<>(List.of(lines));
        all.add("replicaof 127.0.0.1 " + port());
        var replica = new RedisServer(program, all, 0);
        try {
            replica.awaitPrimary();
            return replica;
        } catch (Throwable failure) {
            replica.close();
            throw failure;
        }
    }

    private static @Nullable String password(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(PASSWORD))
                .map(line -> line.substring(PASSWORD.length()))
                .findFirst()
                .orElse(null);
    }

    /** Waits until this replica follows its primary. */
    public void awaitPrimary() {
        Eventually.passes(() -> assertThat(command("INFO", "replication")).contains("master_link_status:up"));
    }

    /** The port without TLS. */
    public int port() {
        return process.port();
    }

    /** The port over TLS, of a server that was started with a certificate. */
    public int tlsPort() {
        return tlsPort;
    }

    /** Its address as a setting has it, without TLS or password. */
    public String address() {
        return "redis://127.0.0.1:" + port();
    }

    /** The directory where it stores what it is told to. */
    public Path directory() {
        return process.directory();
    }

    /**
     * Gives it a command as its administrator would, and returns the reply as text: a list as {@code [a, b]}, nil as
     * {@code null}, a refusal as its sentence.
     */
    public String command(String... words) {
        return process.command(words);
    }

    /**
     * Has {@code redis-benchmark} give it a command many times, and returns how often a second it was answered.
     *
     * @param pipeline how many commands a client sends before it reads the answers
     */
    public double benchmark(int clients, int pipeline, int count, String... command) {
        return process.benchmark(clients, pipeline, count, command);
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.kill();
    }

    /** Starts it again after a {@link #kill}, on the same port and directory, and waits until it answers. */
    public void restart() {
        process.restart();
    }

    /** Starts it again after a {@link #kill}, and does not wait until it has loaded its data. */
    public void restartSlowly() {
        process.restartSlowly();
    }

    /** Stops it where it stands, as a machine that hangs: it keeps its connections and answers none. */
    public void pause() {
        process.pause();
    }

    /** Lets it go on after a {@link #pause}. */
    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }
}
