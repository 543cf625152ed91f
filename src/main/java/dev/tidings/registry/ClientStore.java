package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.redis.RedisCommand;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The clients of this node in Redis, for when the node cannot be asked any more.
 *
 * <p>A change is noted at once and written a little later, many at a time. A client that comes and goes meanwhile is never
 * written. Memory is bounded by the clients that are here or were written.
 *
 * <p><b>Threads.</b> Any thread notes. One writes.
 */
final class ClientStore implements SubscriberListener {

    /** How many changes are written at once. */
    private static final int MOST = 500;

    private final byte[] key;
    private final Map<String, Client> present = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();

    ClientStore(RegistryKeys keys, String node) {
        this.key = keys.clients(node);
    }

    @Override
    public synchronized void connected(Client client) {
        present.put(client.id(), client);
        changed.add(client.id());
    }

    @Override
    public synchronized void changed(Client client, Client before) {
        connected(client);
    }

    @Override
    public synchronized void disconnected(Client client, DisconnectReason reason) {
        present.remove(client.id());
        if (written.contains(client.id())) {
            changed.add(client.id());
        } else {
            changed.remove(client.id());
        }
    }

    /** Deletes what is there, so that everything is written anew. */
    void begin(RedisConnection connection) {
        connection.call("DEL", key);
        synchronized (this) {
            written.clear();
            changed.clear();
            changed.addAll(present.keySet());
        }
    }

    /** Writes what has changed. Returns whether there may be more to write. */
    boolean flush(RedisConnection connection) {
        List<String> ids = next();
        if (ids.isEmpty()) {
            return false;
        }
        try {
            for (Object reply : connection.pipeline(commands(ids))) {
                if (reply instanceof RedisRefusedException refused) {
                    throw refused;
                }
            }
        } catch (RuntimeException failure) {
            putBack(ids);
            throw failure;
        }
        return true;
    }

    private synchronized List<String> next() {
        List<String> ids = changed.stream().limit(MOST).toList();
        ids.forEach(changed::remove);
        written.addAll(ids);
        return ids;
    }

    private synchronized void putBack(List<String> ids) {
        changed.addAll(ids);
    }

    private List<RedisCommand> commands(List<String> ids) {
        var set = new ArrayList<byte[]>(List.of(key));
        var delete = new ArrayList<byte[]>(List.of(key));
        for (String id : ids) {
            Client client = client(id);
            if (client == null) {
                delete.add(id.getBytes(UTF_8));
            } else {
                set.add(id.getBytes(UTF_8));
                set.add(ClientCodec.encode(client).getBytes(UTF_8));
            }
        }
        var commands = new ArrayList<RedisCommand>();
        if (set.size() > 1) {
            commands.add(new RedisCommand("HSET", set));
        }
        if (delete.size() > 1) {
            commands.add(new RedisCommand("HDEL", delete));
        }
        return commands;
    }

    private synchronized @Nullable Client client(String id) {
        Client client = present.get(id);
        if (client == null) {
            written.remove(id);
        }
        return client;
    }
}
