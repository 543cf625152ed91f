package dev.tidings.log.redis;

import dev.tidings.hub.EventLog;
import dev.tidings.log.EventLogContract;
import dev.tidings.log.Retention;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.RedisVersion;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The log is the same on the oldest Redis that it works with, and on Valkey. */
@Tag(RedisVersion.TAG)
@ParameterizedClass
@EnumSource
class RedisVersionsIT extends EventLogContract {

    private static RedisServer redis;

    RedisVersionsIT(RedisVersion version) {}

    @BeforeParameterizedClassInvocation
    static void startRedis(RedisVersion version) {
        redis = RedisServer.start(version);
    }

    @AfterParameterizedClassInvocation
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected EventLog open(Retention retention, Clock clock) {
        return LogNode.log(redis.address(), UUID.randomUUID().toString(), retention, clock);
    }
}
