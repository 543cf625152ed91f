package dev.tidings.app;

import static dev.tidings.app.Checked.checked;

import dev.tidings.auth.Revocations;
import dev.tidings.config.Settings;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Hub;
import dev.tidings.hub.RateLimit;
import dev.tidings.log.Retention;
import dev.tidings.log.redis.RedisLog;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.redis.TrustedCertificates;
import dev.tidings.registry.SharedRegistry;
import dev.tidings.registry.SharedTickets;
import dev.tidings.registry.StoredRevocations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What makes a node of a hub with many: the log on Redis and the registry of all nodes.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class RedisParts {

    /** How long it may take to connect to one server. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Settings settings;
    private final RedisServers servers;
    private final RedisLog log;

    /**
     * Begins to look for Redis, which need not be there.
     *
     * @param wait how publishers wait for it
     * @throws IllegalArgumentException with a sentence for the operator, when a setting cannot be used
     */
    RedisParts(Settings settings, Retention retention, BoundedWait wait) {
        this.settings = settings;
        String hub = settings.redis().hub();
        servers = new RedisServers(
                address(settings),
                RedisLog.anyKey(hub),
                CONNECT,
                trust(settings.redis().trust()));
        log = new RedisLog(
                servers, hub, retention, confirmation(settings.redis().confirmation()), null, wait);
    }

    /** How many connections were made to Redis. */
    long connects() {
        return servers.connects();
    }

    /** The log, which its hub has to follow. */
    RedisLog log() {
        return log;
    }

    /** The tickets of all nodes, which the closer closes. */
    SharedTickets tickets(Closer closer) {
        var tickets = new SharedTickets(servers, settings.redis().hub());
        closer.add(tickets::close);
        return tickets;
    }

    /**
     * The registry of all nodes, which begins now. The clients that it shows of this node are those of the hub.
     *
     * @param publishRate how fast one user may publish on all nodes
     * @param revocations this node's copy of those of the hub
     */
    SharedRegistry registry(Hub hub, RateLimit publishRate, Revocations revocations) {
        var counted = new ArrayList<>(hub.shared());
        if (publishRate.most() > 0) {
            counted.add(publishRate);
        }
        var registry = new SharedRegistry(
                servers,
                settings.redis().hub(),
                settings.node(),
                hub.clients(),
                counted,
                log::command,
                hub.drain(),
                hub::lost,
                hub::announceAgain,
                new StoredRevocations(
                        settings.redis().hub(),
                        revocations,
                        confirmation(settings.redis().confirmation())));
        log.onCommand(registry::accept);
        hub.addListener(registry);
        registry.start();
        return registry;
    }

    /**
     * Sees that the settings of Redis can be used, without looking for it.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when they cannot
     */
    static void check(Settings settings) {
        address(settings);
        trust(settings.redis().trust());
    }

    private static RedisAddress address(Settings settings) {
        return checked("tidings.log", () -> RedisAddress.parse(settings.log()));
    }

    private static @Nullable TrustedCertificates trust(@Nullable String file) {
        return file == null ? null : checked("tidings.redis.trust", () -> TrustedCertificates.read(Path.of(file)));
    }

    private static Confirmation confirmation(dev.tidings.config.Confirmation setting) {
        Confirmation.By by = switch (setting.copy()) {
            case NONE -> Confirmation.By.NONE;
            case REPLICA -> Confirmation.By.REPLICA;
            case DISK -> Confirmation.By.DISK;
        };
        return new Confirmation(by, setting.limit());
    }
}
