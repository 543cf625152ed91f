package dev.tidings.log.redis;

import static dev.tidings.log.redis.LogNode.BEGAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.Requests;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is erased is in no memory and in no dump any more, and nobody takes its place for a loss. */
class RedisErasureTest {

    private static final String SECRET = "4929 1234 5678 9012";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final RedisServer redis = open(RedisServer.start());
    private final LogNode one = node();
    private final LogNode other = node();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void nothingOfAnErasedEventIsInADumpOfRedis() throws IOException {
        publishSecret("the-id");
        IntStream.range(0, 1_500).forEach(n -> one.publish("filler"));
        assertThat(inDump(SECRET, "/users/mallory", "the-id")).hasSize(3);
        assertThat(one.log.erase(Erasure.ofId("the-id"))).isEqualTo(1);
        assertThat(inDump(SECRET, "/users/mallory", "the-id")).isEmpty();
        assertThat(redis.command("KEYS", "*copy*")).isEqualTo("[]");
        assertThat(redis.command("TTL", "{hub}:log")).isEqualTo("-1");
    }

    @Test
    void otherNodesForgetItAndTakeNothingForALoss() {
        Event secret = publishSecret("the-id");
        one.publish("after");
        other.awaitHeard("after");
        assertThat(pages(other)).contains(SECRET);
        assertThat(one.log.erase(Erasure.ofId("the-id"))).isEqualTo(1);
        assertThat(pages(one)).containsExactly("", "after");
        Eventually.passes(() -> assertThat(pages(other)).containsExactly("", "after"));
        assertThat(other.log.find(secret.position().toString())).isNotNull();
        assertThat(other.log.find("the-id")).isNull();
        other.publish("later");
        one.awaitHeard("later");
        other.awaitHeard("later");
        assertThat(other.heard()).containsExactly(SECRET, "after", "later");
        assertThat(one.heard()).doesNotContain(BEGAN);
    }

    @Test
    void nodesThatEraseAtTheSameTimeEraseEverythingAndLoseNothing() throws Exception {
        IntStream.range(0, 60).forEach(n -> publishSecret("id-" + n % 4));
        IntStream.range(0, 1_200).forEach(n -> one.publish("kept " + n));
        List<CompletableFuture<Integer>> erasing = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> (n % 2 == 0 ? one : other).log.erase(Erasure.ofId("id-" + n))))
                .toList();
        int meanwhile = 0;
        while (!erasing.stream().allMatch(CompletableFuture::isDone)) {
            other.publish("meanwhile " + meanwhile++);
        }
        for (CompletableFuture<Integer> erased : erasing) {
            assertThat(erased.get(30, TimeUnit.SECONDS)).isEqualTo(15);
        }
        one.publish("last");
        one.awaitHeard("last");
        other.awaitHeard("last");
        assertThat(pages(one).stream().filter(SECRET::equals)).isEmpty();
        assertThat(pages(one).stream().filter(String::isEmpty)).hasSize(60);
        assertThat(pages(one)).hasSize(60 + 1_200 + meanwhile + 1);
        assertThat(one.heard()).hasSize(pages(one).size()).doesNotContain(BEGAN);
        assertThat(other.heard()).hasSize(pages(one).size()).doesNotContain(BEGAN);
    }

    @Test
    void newestEventIsErasedAndTheLogGoesOnAfterIt() {
        one.publish("before");
        publishSecret("the-id");
        assertThat(one.log.erase(Erasure.ofId("the-id"))).isEqualTo(1);
        other.publish("after");
        one.awaitHeard("after");
        assertThat(pages(one)).containsExactly("before", "", "after");
        LogNode late = node();
        assertThat(pages(late)).containsExactly("before", "", "after");
    }

    /** Copies of the log would not fit into the memory that Redis may take. */
    @Test
    void nothingIsErasedIfRedisHasNoRoom() {
        publishSecret("the-id");
        IntStream.range(0, 300).forEach(n -> one.publish("x".repeat(10_000)));
        redis.command("CONFIG", "SET", "maxmemory", "1000000");
        assertThatThrownBy(() -> one.log.erase(Erasure.ofId("the-id"))).isInstanceOf(LogUnavailableException.class);
        redis.command("CONFIG", "SET", "maxmemory", "0");
        Eventually.holds("the log is there", () -> one.log.fault() == null);
        assertThat(pages(one)).contains(SECRET);
        assertThat(one.log.erase(Erasure.ofUser("mallory"))).isEqualTo(1);
        assertThat(pages(one)).hasSize(301).doesNotContain(SECRET);
    }

    private Event publishSecret(String id) {
        var request = new PublishRequest(List.of("/users/mallory"), null, SECRET, id, null, true);
        return one.publish(request, null).get(0);
    }

    private LogNode node() {
        LogNode node = open(LogNode.start(redis.address()).awaitReady());
        node.awaitHeard(BEGAN).forget();
        return node;
    }

    private static List<String> pages(LogNode node) {
        return Requests.events(node.log).stream().map(Event::data).toList();
    }

    private List<String> inDump(String... texts) throws IOException {
        redis.command("CONFIG", "SET", "rdbcompression", "no");
        redis.command("SAVE");
        String dump = Files.readString(redis.directory().resolve("dump.rdb"), ISO_8859_1);
        return List.of(texts).stream().filter(dump::contains).toList();
    }

    private <T extends AutoCloseable> T open(T one) {
        opened.push(one);
        return one;
    }
}
