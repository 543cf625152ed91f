package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.redis.Confirmation;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import dev.tidings.testing.RedisVersion;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code tidings.redis.wait=disk} is, on a server that knows {@code WAITAOF}. */
@Tag(RedisVersion.TAG)
class DiskConfirmationIT {

    private static final Confirmation DISK = new Confirmation(Confirmation.By.DISK, Duration.ofSeconds(3));

    @Test
    void publishIsAnsweredWhenTheDiskHasIt() {
        try (RedisServer redis = RedisServer.start(RedisVersion.VALKEY, "appendonly yes", "appendfsync everysec");
                LogNode node =
                        LogNode.start(redis.address(), LogNode.AMPLE, DISK).awaitReady()) {
            Event event = node.publish("1");
            redis.kill();
            redis.restart();
            node.publishAtLast("2");
            assertThat(node.log.find(event.id())).isEqualTo(event.position());
            assertThat(node.awaitHeard("2").heard()).containsExactly(LogNode.BEGAN, "1", "2");
        }
    }

    /** Nobody has this one sync. */
    @Test
    void diskThatHasNotConfirmedIsSaidToHaveNot() {
        var quick = new Confirmation(Confirmation.By.DISK, Duration.ofMillis(100));
        try (RedisServer redis = RedisServer.start(RedisVersion.VALKEY, "appendonly yes", "appendfsync no");
                LogNode node =
                        LogNode.start(redis.address(), LogNode.AMPLE, quick).awaitReady()) {
            assertThatThrownBy(() -> node.publish("1"))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasStackTraceContaining("the disk of Redis has not confirmed an event within 100 ms");
        }
    }

    @Test
    void serverThatStoresNothingOnDiskIsRefused() {
        try (RedisServer redis = RedisServer.start(RedisVersion.VALKEY);
                LogNode node = LogNode.start(redis.address(), LogNode.AMPLE, DISK)) {
            Eventually.passes(() -> assertThat(node.log.fault()).contains("tidings.redis.wait=disk", "appendonly yes"));
            assertThatThrownBy(() -> node.publish("1")).isInstanceOf(LogUnavailableException.class);
        }
    }
}
