package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.redis.RedisCommand;
import dev.tidings.redis.RedisRefusedException;
import dev.tidings.redis.RedisServers;
import dev.tidings.redis.SharedConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The history as Redis has it, for those who look for what is not in this node's memory.
 *
 * <p>Every method throws {@link LogUnavailableException} if Redis cannot be asked in time.
 *
 * <p><b>Threads.</b> Any; a few at a time, the others wait for a bounded time.
 */
final class StoredHistory implements AutoCloseable {

    /** How long a server may take to answer. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** How many connections there are. */
    private static final int READERS = 4;

    private static final int IDS_AT_ONCE = 500;

    private final LogScripts scripts;
    private final LogKeys keys;
    private final SharedConnections connections;

    /** @param patience how long a thread waits for a connection while all are lent */
    StoredHistory(RedisServers servers, LogScripts scripts, LogKeys keys, Duration patience) {
        this.scripts = scripts;
        this.keys = keys;
        this.connections = new SharedConnections(servers, READERS, ANSWER, patience, System::nanoTime);
    }

    /**
     * What the log is like now.
     *
     * @param seen the newest event that this node has seen, or null
     */
    LogState look(@Nullable Position seen) {
        return connections.with(connection -> scripts.look(connection, seen));
    }

    /**
     * A page of events, as {@link dev.tidings.hub.EventLog#readAfter} has it.
     *
     * @return no events if the next one is not stored any more, or is of a life that is not among these
     */
    List<Event> after(Lives lives, long sequence, int maxEvents, long maxBytes) {
        String after = lives.entryId(sequence);
        List<StreamEntry> entries =
                connections.with(connection -> scripts.read(connection, after, maxEvents, maxBytes));
        var page = new ArrayList<Event>();
        long bytes = 0;
        for (StreamEntry entry : entries) {
            Position position = lives.of(entry);
            if (entry.number() != sequence + 1 + page.size() || position == null || page.size() == maxEvents) {
                break;
            }
            Event event = entry.kept(position);
            bytes += event.size();
            if (bytes > maxBytes && !page.isEmpty()) {
                break;
            }
            page.add(event);
        }
        return page;
    }

    /** The sequence number of the first event after {@code start} that has this id from its publisher, or null. */
    @Nullable
    Long sequence(String id, long start) {
        return sequences(List.of(id), start).get(id);
    }

    /** The same of many ids, by id, without those that no event has. */
    Map<String, Long> sequences(List<String> ids, long start) {
        var found = new HashMap<String, Long>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
            List<RedisCommand> commands =
                    some.stream().map(id -> firstAfter(id, start)).toList();
            List<@Nullable Object> replies = connections.with(connection -> connection.pipeline(commands));
            for (int i = 0; i < some.size(); i++) {
                if (replies.get(i) instanceof RedisRefusedException refused) {
                    throw refused;
                }
                List<?> members = (List<?>) requireNonNull(replies.get(i));
                if (!members.isEmpty()) {
                    String member = new String((byte[]) members.get(0), UTF_8);
                    found.put(
                            some.get(i),
                            Long.parseLong(member.substring(some.get(i).length() + 1), 16));
                }
            }
        }
        return found;
    }

    private RedisCommand firstAfter(String id, long start) {
        return new RedisCommand(
                "ZRANGEBYLEX",
                List.of(
                        keys.ids(),
                        utf8("(" + id + '\0' + String.format(Locale.ROOT, "%012x", start)),
                        utf8("(" + id + '\1'),
                        utf8("LIMIT"),
                        utf8("0"),
                        utf8("1")));
    }

    /** Erases the events of which this is left. */
    void erase(Lives lives, List<Event> remains) {
        new LogRewrite(scripts, connections, lives, remains).run();
    }

    /** Ends the calls that wait. */
    @Override
    public void close() {
        connections.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
