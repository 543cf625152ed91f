package dev.tidings.log.redis;

import dev.tidings.hub.EventLog;
import dev.tidings.log.EventLogContract;
import dev.tidings.log.Retention;
import dev.tidings.testing.RedisServer;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisLogTest extends EventLogContract {

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected EventLog open(Retention retention, Clock clock) {
        return LogNode.log(redis.address(), UUID.randomUUID().toString(), retention, clock);
    }
}
