package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A process of redis-server on loopback, with a port and a directory that it keeps when it is started again.
 *
 * <p>It ends when it is closed, when it could not be started, and when this JVM exits. Its directory is deleted.
 *
 * <p><b>Threads.</b> One at a time, except that any may give it commands.
 */
final class RedisProcess implements AutoCloseable {

    private static final String MISSING = "Redis is not tested: apt-get install redis-server";
    private static final String TAKEN = "Address already in use";

    /** How many ports are tried, since another process may take one between our look and the start. */
    private static final int TRIES = 5;

    /** The line of its table: the command, and the times a second. */
    private static final Pattern RATE = Pattern.compile("(?m)^\"[^\"]*\",\"([0-9.]+)\"");

    private final Path program;
    private final Path directory;
    private final int port;
    private final List<String> arguments;
    private final @Nullable String password;
    private ServerProcess process;

    private RedisProcess(Path program, List<String> lines, List<String> arguments, @Nullable String password)
            throws IOException {
        this.program = program;
        this.arguments = arguments;
        this.password = password;
        port = LoopbackPort.free();
        directory = Files.createTempDirectory("redis");
        var all = new ArrayList<>(List.of("bind 127.0.0.1", "port " + port, "dir " + directory, "protected-mode no"));
        all.addAll(lines);
        Files.write(directory.resolve("redis.conf"), all);
        process = launch();
    }

    /**
     * Starts one, and waits until it answers.
     *
     * @param program the server, or {@link #executable()}
     * @param lines of its configuration
     * @param arguments what stands on its command line behind the configuration
     * @param password what it asks for, or null
     */
    static RedisProcess start(Path program, List<String> lines, List<String> arguments, @Nullable String password) {
        for (int left = TRIES - 1; ; left--) {
            try {
                var started = new RedisProcess(program, lines, arguments, password);
                if (started.awaitAnswer() || left == 0) {
                    return started;
                }
                started.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** This machine's own. */
    static Path executable() {
        return Executable.require("redis-server", MISSING);
    }

    private ServerProcess launch() {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.add(directory.resolve("redis.conf").toString());
        command.addAll(arguments);
        return ServerProcess.start(command, directory, log());
    }

    /** Waits until it answers; whether it does, since its port may be somebody else's. */
    private boolean awaitAnswer() {
        try {
            Eventually.holds("redis-server answers", () -> !process.isAlive() || answers());
            if (!process.isAlive()) {
                assertThat(log()).content().contains(TAKEN);
                return false;
            }
            return true;
        } catch (AssertionError failure) {
            failure.addSuppressed(new AssertionError("its log: " + read(log())));
            close();
            throw failure;
        }
    }

    private boolean answers() {
        try {
            String reply = command("PING");
            // The second is alive, too, and asks who this is.
            return reply.equals("PONG") || reply.startsWith("NOAUTH");
        } catch (JedisConnectionException notYet) {
            return false;
        }
    }

    /**
     * Gives it a command as its administrator would, and returns the reply as text: a list as {@code [a, b]}, nil as
     * {@code null}, a refusal as its sentence.
     */
    String command(String... words) {
        Connection connection = new Connection(() -> connect(port));
        try {
            connection.setSoTimeout(Math.toIntExact(Eventually.LIMIT.toMillis()));
            if (password != null) {
                send(connection, "AUTH", password);
            }
            return send(connection, words);
        } finally {
            connection.close();
        }
    }

    private static Socket connect(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException refused) {
            throw new JedisConnectionException(refused);
        }
    }

    private static String send(Connection connection, String... words) {
        byte[][] bytes = Stream.of(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        connection.sendCommand(
                () -> bytes[0], List.of(bytes).subList(1, bytes.length).toArray(byte[][]::new));
        try {
            return text(connection.getOne());
        } catch (JedisDataException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    private static String text(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        } else if (reply instanceof List<?> list) {
            return list.stream().map(RedisProcess::text).toList().toString();
        }
        return String.valueOf(reply);
    }

    /** How often a second it answers this command, by {@code redis-benchmark}. */
    double benchmark(int clients, int pipeline, int count, String... command) {
        var line = new ArrayList<String>();
        line.add(Executable.require("redis-benchmark", "Redis is not measured: apt-get install redis-tools")
                .toString());
        line.addAll(List.of("-p", Integer.toString(port), "-c", Integer.toString(clients)));
        line.addAll(List.of("-P", Integer.toString(pipeline), "-n", Integer.toString(count), "--csv"));
        line.addAll(List.of(command));
        try {
            Process benchmark =
                    new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(benchmark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(said);
            assertThat(benchmark.waitFor() == 0 && rate.find()).as(said).isTrue();
            return Double.parseDouble(rate.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while measuring", e);
        }
    }

    int port() {
        return port;
    }

    /** Ends it at once, as a crash would. */
    void kill() {
        process.kill();
    }

    /** Starts it again after a {@link #kill}, on the same port and directory, and waits until it answers. */
    void restart() {
        restartSlowly();
        assertThat(awaitAnswer()).as("port %s is still free", port).isTrue();
    }

    /** Starts it again after a {@link #kill}, and does not wait until it has loaded its data. */
    void restartSlowly() {
        process = launch();
    }

    /** Stops it where it stands, as a machine that hangs: it still holds its connections, and answers none. */
    void pause() {
        process.pause();
    }

    /** Lets it go on. */
    void resume() {
        process.resume();
    }

    /** Its directory, with what it stores. */
    Path directory() {
        return directory;
    }

    private Path log() {
        return directory.resolve("redis.log");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.kill();
        Directories.delete(directory);
    }
}
