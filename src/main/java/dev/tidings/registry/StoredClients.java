package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.hub.Client;
import dev.tidings.logging.Logs;
import dev.tidings.redis.RedisConnection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the clients that a node has stored, in no order: those of a node that cannot be asked.
 *
 * <p><b>Threads.</b> Any, each with a connection of its own.
 */
final class StoredClients {

    private static final System.Logger LOG = Logs.of(StoredClients.class);

    private static final byte[] COUNT = "COUNT".getBytes(UTF_8);
    private static final byte[] PAGE = "200".getBytes(UTF_8);

    private final RegistryKeys keys;
    private final Unreadable unreadable =
            new Unreadable(LOG, "a client that another node has stored cannot be read", System::nanoTime);

    StoredClients(RegistryKeys keys) {
        this.keys = keys;
    }

    /** Hands on each of them; one that comes or goes meanwhile may be among them twice, or not. */
    void forEach(RedisConnection connection, String node, Consumer<Client> taker) {
        byte[] cursor = "0".getBytes(UTF_8);
        do {
            List<?> reply = (List<?>) requireNonNull(connection.call("HSCAN", keys.clients(node), cursor, COUNT, PAGE));
            cursor = (byte[]) reply.get(0);
            List<?> entries = (List<?>) reply.get(1);
            for (int i = 1; i < entries.size(); i += 2) {
                read((byte[]) entries.get(i), taker);
            }
        } while (cursor.length != 1 || cursor[0] != '0');
    }

    /** Forgets them all. */
    void delete(RedisConnection connection, String node) {
        connection.call("UNLINK", keys.clients(node));
    }

    private void read(byte[] entry, Consumer<Client> taker) {
        Client client;
        try {
            client = ClientCodec.decode(new String(entry, UTF_8));
        } catch (RuntimeException foreign) {
            unreadable.say(foreign);
            return;
        }
        taker.accept(client);
    }
}
