package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.Revocations;
import dev.tidings.auth.TooManyRevocationsException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.logging.Logs;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The revocations of a hub in Redis, and this node's copy of them, which verification asks.
 *
 * <p>A node that changes one tells the others. Each change has a version, one more than that before. So a node that missed one,
 * or that begins, finds out when it next looks ({@link #look}), and reads all of them anew. If the versions begin anew or go
 * back, then Redis has lost some, as after a failover. The nodes then write back what they know, because a revocation that was
 * answered must not be forgotten.
 *
 * <p><b>Threads.</b> Any, each with a connection of its own. One thread at a time calls {@link #look}.
 */
public final class StoredRevocations {

    private static final System.Logger LOG = Logs.of(StoredRevocations.class);

    /** How many are written back in one go. */
    private static final int BATCH = 200;

    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final byte[] COUNT = utf8("COUNT");
    private static final byte[] PAGE = utf8("1000");

    private final RedisScript revoke = new RedisScript(RegistryScripts.source("revoke.lua"));
    private final RedisScript withdraw = new RedisScript(RegistryScripts.source("withdraw.lua"));
    private final Unreadable unreadable =
            new Unreadable(LOG, "a revocation that another node has stored cannot be read", System::nanoTime);
    private final List<byte[]> keys;
    private final Revocations index;
    private final Confirmation confirmation;

    /** What is to be written back. The looking thread's own. */
    private final Deque<Revocation> lost = new ArrayDeque<>();

    /** The version of what the index has, or null if it is not known. Guarded by this. */
    private @Nullable Version known;

    /** How often this node was told something. Guarded by this. */
    private long told;

    /** Which state of all revocations something is. */
    private record Version(String beginning, long number) {

        static Version read(byte[] text) {
            String[] parts = new String(text, UTF_8).split(" ", 2);
            return new Version(parts[0], parts.length < 2 ? 0 : Long.parseLong(parts[1]));
        }

        /** Not by {@code equals}: the JDK's of records keeps the web application in memory after its end (Java 17). */
        boolean isSame(Version other) {
            return number == other.number && beginning.equals(other.beginning);
        }

        boolean isJustBefore(Version next) {
            return (beginning.equals(next.beginning) || isNone()) && number + 1 == next.number;
        }

        /** Whether something is missing in the other that was in this. */
        boolean isLostIn(Version other) {
            return !isNone() && (!beginning.equals(other.beginning) || number > other.number);
        }

        /** Whether nothing was ever kept. */
        private boolean isNone() {
            return beginning.isEmpty();
        }
    }

    /**
     * @param hub the name of the hub among those that share a Redis
     * @param index this node's copy
     * @param confirmation what is waited for beyond the answer of Redis
     */
    public StoredRevocations(String hub, Revocations index, Confirmation confirmation) {
        this.keys = new RegistryKeys(hub).revocations();
        this.index = index;
        this.confirmation = confirmation;
    }

    /**
     * What was changed.
     *
     * @param news what other nodes are told of it
     * @param unconfirmed what is missing though it is kept, or null
     */
    record Change(String news, Revocation kept, @Nullable String unconfirmed) {}

    /**
     * Keeps a revocation, here and in Redis.
     *
     * @throws TooManyRevocationsException if there is no room for it
     * @throws LogUnavailableException if Redis is away
     */
    Change keep(RedisConnection connection, Revocation asked) {
        connection.readTimeout(ANSWER.plus(confirmation.limit()));
        List<@Nullable Object> replies = revoke.run(connection, keys, arguments(asked), confirmation.commands());
        List<?> reply = (List<?>) requireNonNull(replies.get(0));
        if (reply.size() < 2) {
            throw new TooManyRevocationsException();
        }
        byte[] version = (byte[]) reply.get(0);
        Revocation kept = Revocation.parse(new String((byte[]) reply.get(1), UTF_8));
        String news = new String(version, UTF_8) + '\n' + kept.text();
        apply(news);
        return new Change(news, kept, confirmation.isGiven(replies) ? null : confirmation.missing("a revocation"));
    }

    /**
     * Withdraws a revocation, here and in Redis.
     *
     * @return what other nodes are told, or null if there is none with this id
     */
    @Nullable
    String withdraw(RedisConnection connection, String id) {
        Object version = withdraw.run(connection, keys, List.of(utf8(id)));
        if (version == null) {
            return null;
        }
        String news = new String((byte[]) version, UTF_8) + "\n\n" + id;
        apply(news);
        return news;
    }

    /**
     * Takes in what this node or another has changed.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    synchronized void apply(String news) {
        String[] parts = news.split("\n", 3);
        if (parts.length < 2) {
            throw new IllegalArgumentException("this is no news of a revocation");
        }
        told++;
        Version next = Version.read(utf8(parts[0]));
        // News may come late, and behind newer news. Then all is read again, and until then rather too much is revoked.
        boolean inOrder = known != null && known.isJustBefore(next);
        if (parts.length < 3) {
            index.putLater(Revocation.parse(parts[1]));
        } else if (inOrder) {
            index.remove(parts[2]);
        }
        if (inOrder) {
            known = next;
        } else if (known != null && known.beginning.equals(next.beginning) && !known.isSame(next)) {
            // If it is of another beginning, Redis has lost some, which the next look finds out.
            known = null;
        }
    }

    /**
     * Sees whether the index has all that is in Redis, and mends what differs.
     *
     * @return whether there is more to do at once
     */
    boolean look(RedisConnection connection) {
        if (!lost.isEmpty()) {
            writeBack(connection);
            return true;
        }
        Version here;
        long before;
        synchronized (this) {
            // Before Redis is asked: what this node keeps meanwhile must not look as if Redis had lost it.
            here = known;
            before = told;
        }
        byte[] text = (byte[]) connection.call("GET", keys.get(2));
        Version stored = text == null ? new Version("", 0) : Version.read(text);
        if (here != null && stored.isSame(here)) {
            return false;
        }
        List<Revocation> had = index.all();
        if (here != null && here.isLostIn(stored) && !had.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Redis has lost revocations; the hub writes back the " + had.size() + " that it knows");
            lost.addAll(had);
            synchronized (this) {
                known = null;
            }
            return true;
        }
        read(connection, had);
        synchronized (this) {
            // What was told meanwhile may be older or newer than what was read. Then all is read again next time.
            known = told == before ? stored : null;
        }
        return false;
    }

    private void writeBack(RedisConnection connection) {
        for (int i = 0; i < BATCH && !lost.isEmpty(); i++) {
            revoke.run(connection, keys, arguments(lost.peek()));
            lost.remove();
        }
    }

    /** Has the index hold what is stored. What has changed here since then stays as it is. */
    private void read(RedisConnection connection, List<Revocation> had) {
        Set<String> stored = new HashSet<>();
        byte[] cursor = utf8("0");
        do {
            List<?> reply = (List<?>) requireNonNull(connection.call("HSCAN", keys.get(0), cursor, COUNT, PAGE));
            cursor = (byte[]) reply.get(0);
            for (Revocation each : revocations((List<?>) reply.get(1))) {
                stored.add(each.id());
                index.putLater(each);
            }
        } while (cursor.length != 1 || cursor[0] != '0');
        for (Revocation each : had) {
            if (!stored.contains(each.id())) {
                index.remove(each);
            }
        }
    }

    private List<Revocation> revocations(List<?> entries) {
        var read = new ArrayList<Revocation>();
        for (int i = 1; i < entries.size(); i += 2) {
            try {
                read.add(Revocation.parse(new String((byte[]) entries.get(i), UTF_8)));
            } catch (IllegalArgumentException foreign) {
                unreadable.say(foreign);
            }
        }
        return read;
    }

    private List<byte[]> arguments(Revocation asked) {
        String[] parts = asked.text().split(" ", 3);
        return List.of(
                utf8(Long.toString(index.now().toEpochMilli())),
                utf8(Integer.toString(Revocations.MOST)),
                utf8(UUID.randomUUID().toString()),
                utf8(asked.id()),
                utf8(parts[0]),
                utf8(parts[1]),
                utf8(parts[2]));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
