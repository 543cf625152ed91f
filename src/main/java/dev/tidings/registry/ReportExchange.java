package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.hub.NodeReport;
import dev.tidings.hub.NodeReports;
import dev.tidings.logging.Logs;
import dev.tidings.redis.RedisCommand;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stores what this node says of itself in Redis, and reads what the others say, so that each node knows the reports of all.
 *
 * <p>They are in a stream of their own, whose entries go when they are as old as reports may be. So a node that was started just now
 * has those of before, and those of nodes that are gone.
 *
 * <p><b>Threads.</b> Any thread reports. One does the rest.
 */
final class ReportExchange {

    private static final System.Logger LOG = Logs.of(ReportExchange.class);

    /** How often is looked for what others say. */
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final byte[] LENGTH = bytes(Long.toString(NodeReports.LENGTH.toMillis()));
    private static final byte[] COUNT = bytes("COUNT");
    private static final byte[] END = bytes("+");
    private static final int PAGE = 500;
    private static final byte[] PAGE_SIZE = bytes(Integer.toString(PAGE));

    private static final String BEGINNING = "-";

    private final byte[] key;
    private final String node;
    private final NodeReports reports;
    private final Unreadable unreadable =
            new Unreadable(LOG, "what another node says of itself cannot be read", System::nanoTime);

    /** What this node has said, and Redis does not have yet. */
    private final Queue<NodeReport> waiting = new ConcurrentLinkedQueue<>();

    private volatile @Nullable NodeReport newest;

    // Used by the one thread.
    private String from = BEGINNING;

    /** The time by the clock of Redis when this node reported last. */
    private long toldAt;

    private long lookedAt = System.nanoTime() - PERIOD_NANOS;

    /** Whether the log has said that Redis refuses reports. It says so once. */
    private boolean refusalSaid;

    /** @param node this node's id */
    ReportExchange(RegistryKeys keys, String node, NodeReports reports) {
        this.key = keys.reports();
        this.node = node;
        this.reports = reports;
    }

    /** Takes what this node says of itself. */
    void tell(NodeReport report) {
        newest = report;
        reports.tell(report);
        waiting.add(report);
        while (waiting.size() > NodeReports.MOST) {
            waiting.poll();
        }
    }

    /** Everything is read anew: another server may have other entries. */
    void connected() {
        from = BEGINNING;
    }

    /**
     * Stores and reads what is new, if it is time to.
     *
     * @return after how many nanoseconds there may be more
     */
    long exchange(RedisConnection connection) {
        try {
            return storeAndRead(connection);
        } catch (RedisRefusedException refused) {
            // Nothing else depends on reports, so the connection stays.
            waiting.clear();
            if (!refusalSaid) {
                refusalSaid = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Redis refuses what nodes say of themselves, so /hub/nodes lacks the others: "
                                + refused.getMessage());
            }
            return PERIOD_NANOS;
        }
    }

    private long storeAndRead(RedisConnection connection) {
        boolean told = store(connection);
        long early = PERIOD_NANOS - (System.nanoTime() - lookedAt);
        if (early > 0 && !told) {
            return early;
        }
        lookedAt = System.nanoTime();
        // How old entries are is told by the entry of this node.
        if (told || !from.equals(BEGINNING)) {
            read(connection);
        }
        return PERIOD_NANOS;
    }

    /** Says that this node stops. */
    void leave(RedisConnection connection) {
        NodeReport last = newest;
        if (last != null) {
            waiting.add(last.stopped(Instant.now()));
            store(connection);
        }
    }

    /** Returns whether there was something to store. */
    private boolean store(RedisConnection connection) {
        boolean told = false;
        for (NodeReport next = waiting.peek(); next != null; next = waiting.peek()) {
            var add = new ArrayList<byte[]>();
            add.add(key);
            if (toldAt > 0) {
                add.add(bytes("MINID"));
                add.add(bytes(Long.toString(Math.max(0, toldAt - NodeReports.LENGTH.toMillis()))));
            }
            add.add(bytes("*"));
            add.add(bytes(node));
            add.add(ReportCodec.encode(next));
            List<@Nullable Object> replies = connection.pipeline(List.of(
                    new RedisCommand("XADD", add),
                    new RedisCommand("PEXPIRE", List.of(key, LENGTH)),
                    new RedisCommand("TIME", List.of())));
            if (replies.get(0) instanceof RedisRefusedException refused) {
                throw refused;
            }
            toldAt = millis(requireNonNull(replies.get(0)));
            if (isBefore(requireNonNull(replies.get(2)), toldAt)) {
                // After an entry of the future, ids tell no time any more. No node has written it.
                connection.call("DEL", key);
                toldAt = 0;
                return false;
            }
            waiting.poll();
            told = true;
        }
        if (told && !from.equals(BEGINNING) && toldAt < millis(bytes(from.substring(1)))) {
            // The stream was deleted.
            from = BEGINNING;
        }
        return told;
    }

    /** Whether the clock of Redis is far behind what an id says. */
    private static boolean isBefore(Object time, long millis) {
        long seconds = Long.parseLong(text(((List<?>) time).get(0)));
        return TimeUnit.SECONDS.toMillis(seconds) < millis - NodeReports.LENGTH.toMillis();
    }

    private void read(RedisConnection connection) {
        List<?> page;
        do {
            page = (List<?>) requireNonNull(connection.call("XRANGE", key, bytes(from), END, COUNT, PAGE_SIZE));
            for (Object entry : page) {
                List<?> parts = (List<?>) entry;
                long millis = millis(requireNonNull(parts.get(0)));
                hear((List<?>) parts.get(1), Duration.ofMillis(Math.max(0, toldAt - millis)));
                from = '(' + text(parts.get(0));
            }
        } while (page.size() == PAGE);
    }

    private void hear(List<?> fields, Duration age) {
        if (text(fields.get(0)).equals(node)) {
            return;
        }
        try {
            reports.hear(ReportCodec.decode((byte[]) fields.get(1)), age);
        } catch (IllegalArgumentException foreign) {
            unreadable.say(foreign);
        }
    }

    /** The first part of an entry's id, which has no sign. No node has written one that is too large. */
    private static long millis(Object id) {
        String text = text(id);
        long millis = Long.parseUnsignedLong(text.substring(0, text.indexOf('-')));
        return millis < 0 ? Long.MAX_VALUE : millis;
    }

    private static String text(@Nullable Object reply) {
        return new String((byte[]) requireNonNull(reply), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
