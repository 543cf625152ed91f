package dev.tidings.log.redis;

import dev.tidings.testing.RedisServer;
import dev.tidings.testing.RedisVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The log survives the same faults on the oldest Redis that it works with, and on Valkey. */
@Tag(RedisVersion.TAG)
@ParameterizedClass
@EnumSource
class RedisVersionsFaultsIT extends RedisFaultsTest {

    private final RedisVersion version;

    RedisVersionsFaultsIT(RedisVersion version) {
        this.version = version;
    }

    @Override
    RedisServer start(String... lines) {
        return RedisServer.start(version, lines);
    }
}
