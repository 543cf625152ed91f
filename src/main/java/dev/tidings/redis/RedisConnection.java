package dev.tidings.redis;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to a server.
 *
 * <p>Replies are {@code byte[]}, {@code Long}, a {@code List} of replies, or null for nil. A connection never repeats a
 * command and never connects anew. When the network fails, an answer is late or there is no memory for it, it is closed for
 * good, since a late answer would be taken for that to a later command. It is closed, too, when the server says that it no
 * longer takes our writes, with {@code READONLY} or {@code MOVED}.
 *
 * <p><b>Threads.</b> One at a time, except that any thread may call {@link #close}, {@link #isOpen}, {@link #server} and
 * {@link #runId}. An interrupt ends a call that waits, and closes the connection.
 */
public final class RedisConnection implements AutoCloseable {

    /** The server has become a replica, or a cluster has given our keys to another. */
    private static final Set<String> NO_LONGER_THE_ONE = Set.of("READONLY", "MOVED");

    private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:(\\w+)");

    private final RedisSocket socket;
    private final Connection connection;
    private volatile String runId = "";

    /** Takes over a socket, which is closed with this. */
    RedisConnection(RedisSocket socket) {
        this.socket = socket;
        this.connection = new Connection(socket::stream);
    }

    /**
     * Sends a command and returns its reply.
     *
     * @throws RedisRefusedException if the server answers with an error
     * @throws RedisUnavailableException if the connection fails or is closed; the outcome is unknown
     */
    public @Nullable Object call(String command, byte[]... arguments) {
        Object reply =
                pipeline(List.of(new RedisCommand(command, List.of(arguments)))).get(0);
        if (reply instanceof RedisRefusedException refused) {
            throw refused;
        }
        return reply;
    }

    /**
     * Sends commands before the first answer is read, and returns a reply for each. In the place of a command that the
     * server refuses stands a {@link RedisRefusedException}; the others run nevertheless.
     *
     * @throws RedisUnavailableException if the connection fails or is closed; no outcome is known
     */
    public List<@Nullable Object> pipeline(List<RedisCommand> commands) {
        socket.beginCall();
        try {
            for (RedisCommand command : commands) {
                byte[] name = command.name().getBytes(StandardCharsets.US_ASCII);
                ProtocolCommand raw = () -> name;
                connection.sendCommand(raw, command.arguments().toArray(byte[][]::new));
            }
            var replies = new ArrayList<@Nullable Object>();
            for (Object reply : connection.getMany(commands.size())) {
                String name = commands.get(replies.size()).name();
                replies.add(reply instanceof JedisDataException error ? refusal(name, error) : reply);
            }
            return replies;
        } catch (RuntimeException failure) {
            String reason = reason(commands, failure);
            close();
            throw new RedisUnavailableException(reason, failure);
        } catch (Error shortage) {
            // The rest of an answer would be taken for that to a later command.
            close();
            throw shortage;
        }
    }

    /**
     * Sets how long the server may take from now on, to read a command or to answer it. A command that blocks in the server
     * needs longer than it blocks.
     */
    public void readTimeout(Duration time) {
        socket.timeout(time);
    }

    /**
     * Whether the server says that it is a primary.
     *
     * @throws RedisRefusedException if the server does not say
     * @throws RedisUnavailableException if the connection fails or is closed
     */
    public boolean isPrimary() {
        return role(call("ROLE")).equals(PRIMARY);
    }

    /** Returns the server's host and port. */
    public String server() {
        return socket.endpoint().toString();
    }

    /** Returns the server's {@code run_id}, which is another after a restart, or an empty text if it tells none. */
    public String runId() {
        return runId;
    }

    /** Whether it may be used further. */
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Closes it at once. A call that waits in another thread ends with a {@link RedisUnavailableException}. */
    @Override
    public void close() {
        socket.close();
    }

    /** What {@code ROLE} says of a server that takes writes. */
    static final String PRIMARY = "master";

    /** Returns the first word of what {@code ROLE} answers. */
    static String role(@Nullable Object reply) {
        return reply instanceof List<?> role && !role.isEmpty() && role.get(0) instanceof byte[] name ? text(name) : "";
    }

    /** Notes the run id, from what {@code INFO server} answers. */
    void readRunId(@Nullable Object info) {
        Matcher matcher = RUN_ID.matcher(info instanceof byte[] bytes ? text(bytes) : "");
        runId = matcher.find() ? matcher.group(1) : "";
    }

    /** Returns the text of a reply. */
    static String text(byte[] reply) {
        return new String(reply, StandardCharsets.UTF_8);
    }

    private RedisRefusedException refusal(String command, JedisDataException error) {
        var refusal = new RedisRefusedException(socket.name(), command, String.valueOf(error.getMessage()));
        if (NO_LONGER_THE_ONE.contains(refusal.code())) {
            close();
        }
        return refusal;
    }

    private String reason(List<RedisCommand> commands, RuntimeException failure) {
        if (socket.wasClosed()) {
            return "the connection to " + socket.name() + " is closed";
        } else if (isLate(failure)) {
            return socket.name() + " did not answer " + commands.get(0).name() + " in time";
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return "the connection to " + socket.name() + " broke (" + cause.getMessage() + ")";
    }

    /** Whether this is, or comes from, an answer that was not there in time. */
    static boolean isLate(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SocketTimeoutException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
