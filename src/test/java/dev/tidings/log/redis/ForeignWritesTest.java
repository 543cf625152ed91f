package dev.tidings.log.redis;

import static dev.tidings.log.redis.LogNode.BEGAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.log.Requests;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another application that shares the Redis writes into the keys of the hub. The hub may lose something, and goes on. */
class ForeignWritesTest {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "18446744073709551614-5", "9999999999999-7"})
    void entryAmongThePassingEventsStopsNeitherThemNorTheLog(String id) {
        RedisServer redis = open(RedisServer.start());
        LogNode one = node(redis);
        LogNode other = node(redis);
        one.log.pass(Requests.of("before"));
        one.awaitHeard("before");
        other.awaitHeard("before");
        redis.command("XADD", "{hub}:passing", id, "p", "x", "e", "y");
        one.log.pass(Requests.of("passing"));
        one.publishAtLast("1");
        one.awaitHeard("1");
        other.awaitHeard("1");
        one.log.pass(Requests.of("after"));
        one.awaitHeard("after");
        other.awaitHeard("after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "18446744073709551614-5", "9999999999999-7"})
    void entryInTheLogThatTakesTheirPlaceIsFoundOut(String id) {
        RedisServer redis = open(RedisServer.start());
        LogNode one = node(redis);
        LogNode other = node(redis);
        one.publish("1");
        one.publish("2");
        other.awaitHeard("2");
        redis.command("XADD", "{hub}:log", "MAXLEN", "2", id, "t", "x", "s", "y", "e", "z");
        // Both of them: whoever begins after the next event begins behind it.
        Eventually.holds(
                "they began anew",
                () -> other.heard().lastIndexOf(BEGAN) > 0 && one.heard().lastIndexOf(BEGAN) > 0);
        one.publishAtLast("3");
        one.awaitHeard("3");
        other.awaitHeard("3");
    }

    @Test
    void idempotencyKeyThatNoHubHasWrittenIsForgotten() {
        RedisServer redis = open(RedisServer.start());
        LogNode node = node(redis);
        redis.command("RPUSH", "{hub}:order", "garbage");
        node.publishAtLast("1");
        assertThat(node.awaitHeard("1").heard()).containsExactly(BEGAN, "1");
        assertThat(redis.command("LLEN", "{hub}:order")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "\u0005", ""})
    void stateThatNoHubHasWrittenIsNone(String state) {
        RedisServer redis = open(RedisServer.start());
        LogNode node = node(redis);
        node.publish("1");
        node.awaitHeard("1");
        redis.command("SET", "{hub}:state", state);
        Eventually.holds("it began anew", () -> node.heard().lastIndexOf(BEGAN) > 0);
        node.publishAtLast("2");
        node.awaitHeard("2");
    }

    private LogNode node(RedisServer redis) {
        return open(LogNode.start(redis.address())).awaitReady();
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.push(closeable);
        return closeable;
    }
}
