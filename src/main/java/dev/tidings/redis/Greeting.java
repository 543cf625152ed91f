package dev.tidings.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a server is asked first, in one round trip: to let us in, whether it takes writes, and whether it holds our keys.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class Greeting {

    /** The code of a server that names another one of its cluster, which holds our keys. */
    static final String MOVED = "MOVED";

    private static final String SENTINEL = "sentinel";

    private final List<RedisCommand> commands;
    private final int database;

    /** @param key a key whose hash slot all keys share */
    Greeting(RedisAddress address, String key) {
        var all = new ArrayList<RedisCommand>();
        if (address.password() != null) {
            all.add(
                    address.user() == null
                            ? RedisCommand.of("AUTH", address.password())
                            : RedisCommand.of("AUTH", address.user(), address.password()));
        }
        // A cluster has no SELECT, since it has no database but 0.
        if (address.database() != 0) {
            all.add(RedisCommand.of("SELECT", Integer.toString(address.database())));
        }
        all.add(RedisCommand.of("EXISTS", key));
        all.add(RedisCommand.of("ROLE"));
        all.add(RedisCommand.of("INFO", "server"));
        commands = List.copyOf(all);
        database = address.database();
    }

    /**
     * Connects to a server, which takes writes and holds our keys.
     *
     * @param tls makes sockets of TLS, or null for none
     * @param time how long it may take
     * @throws RedisRefusedException with the code {@link #MOVED}, if another server holds our keys
     * @throws RedisUnavailableException with the reason, if it is not the one for any other cause
     */
    RedisConnection open(Endpoint server, @Nullable SSLSocketFactory tls, Duration time) {
        Deadline deadline = Deadline.in(time);
        var connection = new RedisConnection(RedisSocket.open("redis", server, tls, deadline));
        try {
            connection.readTimeout(deadline.left());
            judge(connection, ask(connection, tls != null));
            return connection;
        } catch (RuntimeException | Error unfit) {
            connection.close();
            throw unfit;
        }
    }

    private List<@Nullable Object> ask(RedisConnection connection, boolean tls) {
        try {
            return connection.pipeline(commands);
        } catch (RedisUnavailableException failure) {
            if (RedisConnection.isLate(failure)) {
                throw failure;
            }
            // A server ends the connection at once in these cases, and its reason does not always reach us.
            String guess = tls
                    ? "does it ask for a client's certificate (tls-auth-clients)?"
                    : "is its port for TLS, or is it in protected mode?";
            throw new RedisUnavailableException(failure.getMessage() + ": " + guess, failure);
        }
    }

    private void judge(RedisConnection connection, List<@Nullable Object> replies) {
        String role = RedisConnection.role(replies.get(commands.size() - 2));
        String server = "redis at " + connection.server();
        if (role.equals(SENTINEL)) {
            throw new RedisUnavailableException(server + " is a sentinel: begin the address with redis+sentinel:");
        }
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof RedisRefusedException refused) {
                throw refused.code().equals(MOVED)
                        ? refused
                        : new RedisUnavailableException(
                                sentence(server, commands.get(i).name(), refused), refused);
            }
        }
        if (!role.equals(RedisConnection.PRIMARY)) {
            throw new RedisUnavailableException(server + " is a replica");
        }
        connection.readRunId(replies.get(commands.size() - 1));
    }

    private String sentence(String server, String command, RedisRefusedException refused) {
        return switch (refused.code()) {
            case "NOAUTH" -> server + " asks for a password (NOAUTH)";
            case "LOADING" -> server + " is loading its data (LOADING)";
            case "MASTERDOWN" -> server + " is a replica (MASTERDOWN)";
            default ->
                switch (command) {
                    case "AUTH" -> server + " refuses the user or the password (" + refused.reason() + ")";
                    case "SELECT" -> server + " has no database " + database + " (" + refused.reason() + ")";
                    default -> String.valueOf(refused.getMessage());
                };
        };
    }
}
