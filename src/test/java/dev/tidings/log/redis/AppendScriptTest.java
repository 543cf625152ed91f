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
    private static final long KEY_AGE = 300_000;

    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    /** Many keys may come in one call, and so many have to go. */
    @Test
    void keysAreForgottenAsFastAsTheyCome() {
        call("1", "server", NOW, keyed("early", 60));
        call("2", "server", NOW + KEY_AGE + 1, keyed("late", 60));
        assertThat(redis.command("LLEN", "{hub}:order")).isEqualTo("60");
        assertThat(redis.command("HLEN", "{hub}:uses")).isEqualTo("60");
    }

    /** The first answer was lost. A key that has grown too old since must not change the second. */
    @Test
    void repeatedCallIsAnsweredAsTheFirstTime() {
        call("1", "server", NOW, List.of(append("key", "1")));
        List<List<String>> two = List.of(append("key", "1"), append("", "2"));
        List<String> first = results(call("2", "server", NOW + KEY_AGE, two), 2);
        assertThat(results(call("2", "server", NOW + KEY_AGE + 1, two), 2)).isEqualTo(first);
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("2");
    }

    /** Nor must a key that another node has forgotten since. */
    @Test
    void repeatedCallIsAnsweredAsTheFirstTimeAfterAnotherNodeHasAppended() {
        List<List<String>> twice = List.of(append("key", "1"), append("key", "1"), append("other", "2"));
        List<String> first = results(call("1", "server", NOW, twice), 3);
        redis.command("RENAME", "{hub}:call", "{hub}:kept");
        call("2", "server", NOW + KEY_AGE + 1, List.of(append("", "3")));
        assertThat(redis.command("HLEN", "{hub}:uses")).isEqualTo("0");
        redis.command("RENAME", "{hub}:kept", "{hub}:call");
        assertThat(results(call("1", "server", NOW + KEY_AGE + 1, twice), 3)).isEqualTo(first);
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("3");
    }

    /** Its publisher may have slept for longer than keys are remembered, and does not know that another has published it. */
    @Test
    void lastKeyBehindAFenceIsNeverForgotten() {
        List<String> first = results(call("1", "server", NOW, List.of(fenced("key", 7, "1"))), 1);
        List<String> again = results(call("2", "server", NOW + 2 * KEY_AGE, List.of(fenced("key", 6, "1"))), 1);
        assertThat(again).isEqualTo(first);
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("1");
    }

    @Test
    void tokenBelowTheHighestIsRefused() {
        call("1", "server", NOW, List.of(fenced("one", 7, "1")));
        call("2", "server", NOW, List.of(fenced("two", 9, "2")));
        assertThat(results(call("3", "server", NOW, List.of(fenced("one", 7, "1"))), 1))
                .containsExactly("fenced 9");
        assertThat(results(call("4", "server", NOW, List.of(fenced("three", 8, "3"))), 1))
                .containsExactly("fenced 9");
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("2");
    }

    /** Whoever takes over repeats what was begun before. The one who began it must not go on from there. */
    @Test
    void repetitionWithAHigherTokenRaisesTheFence() {
        call("1", "server", NOW, List.of(fenced("one", 7, "1")));
        call("2", "server", NOW, List.of(fenced("one", 9, "1")));
        assertThat(results(call("3", "server", NOW, List.of(fenced("two", 8, "2"))), 1))
                .containsExactly("fenced 9");
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("1");
    }

    /** A relay that is fast would otherwise have the keys of everybody else forgotten. */
    @Test
    void keysBehindAFenceTakeNoPlaceOfOthers() {
        call("1", "server", NOW, List.of(fenced("one", 1, "1"), fenced("two", 2, "2"), append("key", "3")));
        assertThat(redis.command("LLEN", "{hub}:order")).isEqualTo("1");
        assertThat(redis.command("HLEN", "{hub}:uses")).isEqualTo("2");
    }

    @Test
    void repeatedCallIsAnsweredAsTheFirstTimeBehindAFenceToo() {
        List<List<String>> two = List.of(fenced("one", 5, "1"), fenced("low", 4, "2"), fenced("two", 6, "3"));
        List<String> first = results(call("1", "server", NOW, two), 3);
        assertThat(first.get(1)).isEqualTo("fenced 5");
        assertThat(results(call("1", "server", NOW, two), 3)).isEqualTo(first);
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("2");
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

    /** That life was begun, and had events that were answered, on a server whose replica took over without it. */
    @Test
    void lossOfAWholeLifeIsALoss() {
        call("1", "server", NOW, List.of(append("", "1")));
        long oldest = state(call("", "server", NOW, List.of()))
                .lives()
                .present()
                .epoch()
                .birth();
        call("", "other", NOW, List.of());
        Lives known = state(call("", "third", NOW, List.of())).lives();
        assertThat(known.all()).hasSize(3);
        Lives after =
                state(call("", "third", (oldest + 1) + "-9", 2, NOW, List.of())).lives();
        assertThat(after.holds(known.at(1), 1))
                .as("an answered event is missing after it")
                .isFalse();
        assertThat(state(call("", "third", (oldest + 1) + "-9", 2, NOW, List.of()))
                        .lives())
                .as("it is told once")
                .isEqualTo(after);
    }

    /** The clock of both servers was behind when each began a life, so that both are born a millisecond after the one before. */
    @Test
    void lifeThatIsBornWithAnotherOfAnotherServerIsNotTheSame() {
        call("1", "server", NOW, List.of(append("", "1")));
        Lives known = state(call("", "server", NOW, List.of())).lives();
        String twin = known.present().epoch().birth() + "-9";
        Lives after = state(call("", "server", twin, 5, NOW, List.of())).lives();
        assertThat(after.present().epoch().birth())
                .isGreaterThan(known.present().epoch().birth());
        assertThat(after.holds(known.at(1), 1)).isFalse();
    }

    private static List<List<String>> keyed(String prefix, int count) {
        var all = new ArrayList<List<String>>();
        for (int n = 0; n < count; n++) {
            all.add(append(prefix + n, "data"));
        }
        return all;
    }

    /** One event, as the only one of its publisher. */
    private static List<String> append(String key, String data) {
        return List.of(key, key.isEmpty() ? "" : "content", "", "", "1", "k", "10", "", data, "", "");
    }

    /** The same from a publisher behind a fence. */
    private static List<String> fenced(String key, long token, String data) {
        return List.of(key, "content", "fence", Long.toString(token), "1", "k", "10", "", data, "", "");
    }

    private List<String> call(String number, String server, long now, List<List<String>> appends) {
        return call(number, server, "", 0, now, appends);
    }

    private List<String> call(
            String number, String server, String seenEpoch, long seen, long now, List<List<String>> appends) {
        var words = new ArrayList<String>(List.of("EVAL", source(), "7"));
        for (String key : List.of("log", "passing", "state", "ids", "uses", "order", "call")) {
            words.add("{hub}:" + key);
        }
        words.addAll(List.of(
                number, server, seenEpoch, Long.toString(seen), Long.toString(now), "7", "1000", "1000000", "3600000"));
        words.add(Integer.toString(appends.size()));
        appends.forEach(words::addAll);
        String reply = redis.command(words.toArray(String[]::new));
        assertThat(reply).startsWith("[");
        return List.of(reply.substring(1, reply.length() - 1).split(", ", -1));
    }

    private static List<String> results(List<String> reply, int count) {
        return reply.subList(LogState.FIELDS, LogState.FIELDS + count);
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
