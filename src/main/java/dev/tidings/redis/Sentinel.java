package dev.tidings.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a sentinel, a process that watches servers, which of them takes writes.
 *
 * <p><b>Threads.</b> Any.
 */
final class Sentinel {

    private Sentinel() {}

    /**
     * Returns where the primary is, as this sentinel believes.
     *
     * @param master the name under which the sentinels watch the primary and its replicas
     * @param time how long it may take
     * @throws RedisUnavailableException with the reason, if the sentinel does not know
     */
    static Endpoint ask(Endpoint sentinel, String master, Duration time) {
        Deadline deadline = Deadline.in(time);
        try (var connection = new RedisConnection(RedisSocket.open("sentinel", sentinel, null, deadline))) {
            connection.readTimeout(deadline.left());
            byte[] question = "get-master-addr-by-name".getBytes(StandardCharsets.US_ASCII);
            Object reply = connection.call("SENTINEL", question, master.getBytes(StandardCharsets.UTF_8));
            return endpoint(sentinel, master, reply);
        } catch (RedisRefusedException refused) {
            throw new RedisUnavailableException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static Endpoint endpoint(Endpoint sentinel, String master, @Nullable Object reply) {
        if (reply instanceof List<?> found
                && found.get(0) instanceof byte[] host
                && found.get(1) instanceof byte[] port) {
            return new Endpoint(RedisConnection.text(host), Integer.parseInt(RedisConnection.text(port)));
        }
        throw new RedisUnavailableException("sentinel at " + sentinel + " knows no servers by the name " + master);
    }
}
