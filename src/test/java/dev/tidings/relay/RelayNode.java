package dev.tidings.relay;

import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.Hub;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.log.redis.RedisLog;
import dev.tidings.publish.PublishGuard;
import dev.tidings.publish.PublishService;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * A hub on a log, and relays of its.
 *
 * <p><b>Threads.</b> Any.
 */
final class RelayNode implements AutoCloseable {

    static final Retention AMPLE = new Retention(1_000_000, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of()));

    private static final String TABLE = "tidings_outbox";
    private static final int MOST_DATA = 1000;

    final EventLog log;
    final Hub hub;

    private final PublishService publishing;
    private final List<Relay> relays = new ArrayList<>();

    /** A hub on this log, which is closed with it. */
    RelayNode(EventLog log) {
        this.log = log;
        this.hub = new Hub(log, 256, 1 << 20, Clock.systemUTC());
        this.publishing = new PublishService(
                hub,
                new PublishGuard(List.of("/clients", "/hub")),
                new RateLimit("published", 0, System::nanoTime),
                new Refusals(System::nanoTime),
                System::nanoTime,
                new BoundedWait(Duration.ofSeconds(5)));
    }

    /** A node of a hub on this Redis. */
    static RelayNode onRedis(RedisServer redis, String hub) {
        return onRedis(redis, hub, Confirmation.NONE, Clock.systemUTC());
    }

    /** A node that also waits for this. */
    static RelayNode onRedis(RedisServer redis, String hub, Confirmation confirmation, Clock clock) {
        var servers = new RedisServers(
                RedisAddress.parse(redis.address()), RedisLog.anyKey(hub), Duration.ofSeconds(1), null);
        var log = new RedisLog(servers, hub, AMPLE, confirmation, clock, new BoundedWait(Duration.ofSeconds(5)));
        var node = new RelayNode(log);
        Eventually.holds("the log is there", () -> log.fault() == null);
        return node;
    }

    static MemoryLog memory() {
        return new MemoryLog(AMPLE, Clock.systemUTC());
    }

    /** Starts a relay of the usual table. */
    Relay relay(DataSource source) {
        return relay(source, TABLE);
    }

    Relay relay(DataSource source, String table) {
        return relay(source, table, System::nanoTime);
    }

    Relay relay(DataSource source, LongSupplier nanoTime) {
        return relay(source, TABLE, nanoTime);
    }

    private Relay relay(DataSource source, String table, LongSupplier nanoTime) {
        Relay relay = new Relay(source, table, MOST_DATA, publishing, hub, "node", nanoTime);
        relays.add(relay);
        return relay.start();
    }

    PublishService publishing() {
        return publishing;
    }

    /** All that the log has stored. */
    List<Event> events() {
        var all = new ArrayList<Event>();
        long place = log.start().sequence();
        while (true) {
            List<Event> page = log.readAfter(place, 1000, Long.MAX_VALUE);
            if (page == null || page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            place = page.get(page.size() - 1).sequence();
        }
    }

    /** The data of all. */
    List<String> data() {
        return events().stream().map(Event::data).toList();
    }

    /** Ends the relays, and leaves the log as it is. */
    void endRelays() {
        relays.forEach(Relay::close);
        relays.clear();
    }

    @Override
    public void close() {
        endRelays();
        log.close();
    }
}
