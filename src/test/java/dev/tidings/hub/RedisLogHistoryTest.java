package dev.tidings.hub;

import dev.tidings.log.Retention;
import dev.tidings.log.redis.RedisLog;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** As the other logs do; how many bytes are held is exact there, and {@code EventLogContract} says what is here. */
class RedisLogHistoryTest extends GeneratedHistory {

    private static RedisServer redis;

    @BeforeContainer
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterContainer
    static void stopRedis() {
        redis.close();
    }

    @Override
    Restartable log() {
        String name = UUID.randomUUID().toString();
        return new Restartable() {

            @Override
            public EventLog open(Retention retention, Clock clock) {
                var servers = new RedisServers(
                        RedisAddress.parse(redis.address()), RedisLog.anyKey(name), Duration.ofSeconds(20), null);
                return new RedisLog(
                        servers, name, retention, Confirmation.NONE, clock, new BoundedWait(Duration.ofSeconds(30)));
            }

            @Override
            public boolean survives() {
                return true;
            }

            @Override
            public long mostBytes() {
                return 1 << 20;
            }

            @Override
            public void close() {
                redis.command("FLUSHALL");
            }
        };
    }
}
