package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the script that appends does by itself, called as nodes call it. */
class AppendScriptTest {

    private static final long NOW = 1_000_000_000_000L;
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    /** {@code WAIT} asks for replicas that have what its own connection wrote last. */
    @Test
    void repeatedCallWritesSomethingThatAReplicaCanConfirm() {
        call("1", "server", NOW, List.of(append("", "1")));
        redis.command("PEXPIRE", "{hub}:call", "60000");
        call("1", "server", NOW, List.of(append("", "1")));
        assertThat(Long.parseLong(redis.command("PTTL", "{hub}:call"))).isGreaterThan(60_000);
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("1");
    }

    /** A server that restarts again and again begins more lives than are remembered. */
    @Test
    void whatIsStoredIsOfALifeThatIsKnown() {
        call("1", "server", NOW, List.of(append("", "1")));
        for (int restart = 0; restart < 70; restart++) {
            call("", "server" + restart, NOW, List.of());
        }
        call("2", "server69", NOW, List.of(append("", "2")));
        assertThat(state(call("", "server69", NOW, List.of())).start()).isEqualTo(1);
    }

    /** One event, as the only one of its publisher. */
    private static List<String> append(String key, String data) {
        return List.of(key, key.isEmpty() ? "" : "content", "1", "k", "10", "", data, "");
    }

    private List<String> call(String number, String server, long now, List<List<String>> appends) {
        var words = new ArrayList<String>(List.of("EVAL", source(), "7"));
        for (String key : List.of("log", "passing", "state", "ids", "uses", "order", "call")) {
            words.add("{hub}:" + key);
        }
        words.addAll(List.of(number, server, "", "0", Long.toString(now), "7", "1000", "1000000", "3600000"));
        words.add(Integer.toString(appends.size()));
        appends.forEach(words::addAll);
        String reply = redis.command(words.toArray(String[]::new));
        assertThat(reply).startsWith("[");
        return List.of(reply.substring(1, reply.length() - 1).split(", ", -1));
    }

    private static LogState state(List<String> reply) {
        return LogState.of(reply.stream()
                .map(text -> (Object) text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static String source() {
        try (InputStream in = LogScripts.class.getResourceAsStream("append.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
