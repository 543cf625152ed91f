package dev.tidings.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program in Lua that runs inside the server, undivided: no other command runs meanwhile.
 *
 * <p>The server is told the program's hash. If it does not know the program, it is sent the whole, once. So nothing has
 * to be installed, and a server that forgot its scripts when it restarted learns them again.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class RedisScript {

    private static final String UNKNOWN = "NOSCRIPT";

    private final byte[] source;
    private final byte[] hash;

    public RedisScript(String source) {
        this.source = source.getBytes(StandardCharsets.UTF_8);
        this.hash = hash(this.source).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Runs the script and returns its reply.
     *
     * @param keys the keys that it reads and writes, all of one hash slot
     * @throws RedisRefusedException if the script failed, or is not allowed
     * @throws RedisUnavailableException if the connection failed; the script may have run
     */
    public @Nullable Object run(RedisConnection connection, List<byte[]> keys, List<byte[]> arguments) {
        return run(connection, keys, arguments, List.of()).get(0);
    }

    /**
     * Runs the script and then the commands, in one round trip. So a publisher waits for the replicas at no further cost.
     *
     * <p>If the server does not know the script, the commands run twice, once without it.
     *
     * @param then commands that do no harm without the script, as {@code WAIT}
     * @return the script's reply, and a reply for each command as {@link RedisConnection#pipeline} returns it
     * @throws RedisRefusedException if the script failed, or is not allowed
     * @throws RedisUnavailableException if the connection failed; the script may have run
     */
    public List<@Nullable Object> run(
            RedisConnection connection, List<byte[]> keys, List<byte[]> arguments, List<RedisCommand> then) {
        List<@Nullable Object> replies = pipeline(connection, "EVALSHA", hash, keys, arguments, then);
        if (replies.get(0) instanceof RedisRefusedException refused
                && refused.code().equals(UNKNOWN)) {
            replies = pipeline(connection, "EVAL", source, keys, arguments, then);
        }
        if (replies.get(0) instanceof RedisRefusedException refused) {
            throw refused;
        }
        return replies;
    }

    private static List<@Nullable Object> pipeline(
            RedisConnection connection,
            String command,
            byte[] script,
            List<byte[]> keys,
            List<byte[]> arguments,
            List<RedisCommand> then) {
        var all = new ArrayList<byte[]>();
        all.add(script);
        all.add(Integer.toString(keys.size()).getBytes(StandardCharsets.US_ASCII));
        all.addAll(keys);
        all.addAll(arguments);
        var commands = new ArrayList<RedisCommand>();
        commands.add(new RedisCommand(command, all));
        commands.addAll(then);
        return connection.pipeline(commands);
    }

    /** Redis names scripts by SHA-1. */
    private static String hash(byte[] source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
