package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A real sentinel on loopback, which watches a server and its replicas by the name {@value NAME}.
 *
 * <p>It takes a server for dead after a second, and is enough by itself to promote a replica.
 *
 * <p><b>Threads.</b> One at a time, except that any may give it {@link #command commands}.
 */
public final class RedisSentinel implements AutoCloseable {

    /** The name by which it knows the server and its replicas. */
    public static final String NAME = "hub";

    private final RedisProcess process;

    private RedisSentinel(RedisProcess process) {
        this.process = process;
    }

    /** Starts one that watches this server, which may ask for this password; empty is none. */
    public static RedisSentinel watching(RedisServer primary, String password) {
        String login = password.isEmpty() ? "" : "sentinel auth-pass " + NAME + " " + password;
        return new RedisSentinel(RedisProcess.start(
                RedisProcess.executable(),
                List.of(
                        "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
                        "sentinel down-after-milliseconds " + NAME + " 1000",
                        "sentinel failover-timeout " + NAME + " 2000",
                        login),
                List.of("--sentinel"),
                null));
    }

    /** Waits until it has found this replica, and takes it for alive. */
    public void awaitReplica(RedisServer replica) {
        Eventually.passes(() -> assertThat(command("SENTINEL", "REPLICAS", NAME))
                .contains("127.0.0.1:" + replica.port(), "master-link-status, ok"));
    }

    /**
     * Has it make this replica the primary. Until the old one has heard that, it takes writes, and loses them then. So this
     * returns when it has.
     */
    public void failOverTo(RedisServer replica, RedisServer primary) {
        Eventually.passes(
                () -> assertThat(command("SENTINEL", "FAILOVER", NAME)).isEqualTo("OK"));
        awaitPrimary(replica);
        Eventually.holds("the old primary has heard", () -> isReplica(primary));
    }

    private static boolean isReplica(RedisServer server) {
        try {
            return server.command("ROLE").contains("slave");
        } catch (JedisConnectionException cut) {
            // The sentinel closes all connections to a server that is no primary any more.
            return false;
        }
    }

    /** Waits until it says that this is the primary. */
    public void awaitPrimary(RedisServer server) {
        Eventually.passes(() -> assertThat(command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME))
                .isEqualTo("[127.0.0.1, " + server.port() + "]"));
    }

    /** The port where clients ask. */
    public int port() {
        return process.port();
    }

    /** The address of its servers as a setting has it, without a password. */
    public String address() {
        return "redis+sentinel://127.0.0.1:" + port() + "/" + NAME;
    }

    /** Gives it a command, and returns the reply as {@link RedisServer#command} does. */
    public String command(String... words) {
        return process.command(words);
    }

    /** Stops it where it stands. */
    public void pause() {
        process.pause();
    }

    @Override
    public void close() {
        process.close();
    }
}
