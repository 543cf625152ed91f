package dev.tidings.log.redis;

import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.EventLog;
import dev.tidings.log.EventLogContract;
import dev.tidings.log.Retention;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

class RedisLogTest extends EventLogContract {

    @Override
    protected EventLog open(Retention retention, Clock clock) {
        return new RedisLog(
                new RedisServers(
                        RedisAddress.parse("redis://127.0.0.1:" + Integer.getInteger("redis.port")), "{x}", Duration.ofSeconds(1), null),
                UUID.randomUUID().toString(),
                retention,
                Confirmation.NONE,
                clock,
                new BoundedWait(Duration.ofSeconds(5)));
    }
}
