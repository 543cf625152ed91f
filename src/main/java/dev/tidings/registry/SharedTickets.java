package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.auth.TicketStore;
import dev.tidings.redis.RedisCommand;
import dev.tidings.redis.RedisServers;
import dev.tidings.redis.SharedConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of a hub with many nodes, in Redis. One command takes a ticket and leaves the note that it was used, so that one
 * node has it.
 *
 * <p><b>Threads.</b> Any; a few at a time, the others wait.
 */
public final class SharedTickets implements TicketStore, AutoCloseable {

    private static final int MOST = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** No ticket has this content, since what it stands for is JSON. */
    private static final byte[] USED = utf8("used");

    private static final byte[] ONLY_IF_THERE = utf8("XX");
    private static final byte[] ONLY_IF_NEW = utf8("NX");
    private static final byte[] MILLIS = utf8("PX");
    private static final byte[] AND_GET = utf8("GET");

    private final RegistryKeys keys;
    private final SharedConnections connections;

    /** @param hub the name of the hub among those that share a Redis */
    public SharedTickets(RedisServers servers, String hub) {
        this.keys = new RegistryKeys(hub);
        this.connections = new SharedConnections(servers, MOST, PATIENCE, PATIENCE, System::nanoTime);
    }

    @Override
    public void put(String hash, String content, Duration age) {
        connections.with(connection ->
                connection.call("SET", keys.ticket(hash), utf8(content), ONLY_IF_NEW, MILLIS, millis(age)));
    }

    @Override
    public Taken take(String hash) {
        Object before = connections.with(connection ->
                connection.call("SET", keys.ticket(hash), USED, ONLY_IF_THERE, MILLIS, millis(REMEMBERED), AND_GET));
        if (!(before instanceof byte[] content)) {
            return Taken.unknown();
        }
        return Arrays.equals(content, USED) ? Taken.used() : Taken.there(new String(content, UTF_8));
    }

    @Override
    public List<String> gone(List<String> hashes) {
        List<@Nullable Object> contents = connections.with(connection -> connection.pipeline(hashes.stream()
                .map(hash -> new RedisCommand("GET", List.of(keys.ticket(hash))))
                .toList()));
        var gone = new ArrayList<String>();
        for (int i = 0; i < hashes.size(); i++) {
            Object content = contents.get(i);
            if (content == null || (content instanceof byte[] bytes && Arrays.equals(bytes, USED))) {
                gone.add(hashes.get(i));
            }
        }
        return gone;
    }

    @Override
    public void close() {
        connections.close();
    }

    private static byte[] millis(Duration time) {
        return utf8(Long.toString(Math.max(1, time.toMillis())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
