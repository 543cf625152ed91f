package dev.tidings.log.redis;

import static dev.tidings.log.redis.LogNode.BEGAN;
import static dev.tidings.log.redis.LogNode.MISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.KeyReusedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import dev.tidings.redis.Confirmation;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of the log, and of two nodes that share it, when Redis or the way to it fails. Every event that was answered
 * reaches every node, or that node begins anew.
 *
 * <p>Over 300 lines, since the same faults come to each version of Redis, as one list.
 */
class RedisFaultsTest {

    private static final String[] SAFE = {"appendonly yes", "appendfsync always"};

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void whatOneNodePublishesTheOthersGetInOneOrder() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        one.publish("1");
        other.publish("2");
        one.publish("3");
        assertThat(one.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "2", "3");
        assertThat(other.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "2", "3");
    }

    @Test
    void positionOfOneNodeIsKnownOnAnother() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        Event event = one.publish("1");
        assertThat(other.log.find(event.id())).isEqualTo(event.position());
    }

    @Test
    void passingEventsComeInTheSamePlaceOnEveryNode() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        one.publish("1");
        one.log.pass(Requests.of("passing"));
        one.publish("2");
        assertThat(one.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "passing", "2");
        assertThat(other.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "passing", "2");
    }

    @Test
    void restartWithAllThatWasStoredIsNoGap() {
        RedisServer redis = redis(SAFE);
        LogNode node = node(redis.address());
        Event before = node.publish("1");
        redis.kill();
        redis.restart();
        Event after = node.publishAtLast("2");
        assertThat(node.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "2");
        assertThat(node.log.find(before.id())).isEqualTo(before.position());
        assertThat(after.position().epoch()).isNotEqualTo(before.position().epoch());
        assertThat(after.sequence()).isEqualTo(2);
    }

    @Test
    void restartWithNothingBeginsAnewOnEveryNode() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        Event lost = one.publish("1");
        other.awaitHeard("1");
        redis.kill();
        redis.restart();
        Event after = one.publishAtLast("2");
        awaitAnew(one, other);
        assertThat(one.log.find(lost.id())).isNull();
        assertThat(other.log.find(lost.id())).isNull();
        assertThat(after.position().epoch()).isNotEqualTo(lost.position().epoch());
        other.publishAtLast("3");
        one.awaitHeard("3");
        other.awaitHeard("3");
    }

    @Test
    void emptiedServerIsNoticedWithoutAnyPublisher() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        Event lost = one.publish("1");
        one.awaitHeard("1");
        redis.command("FLUSHALL");
        one.awaitHeard(BEGAN);
        assertThat(one.log.find(lost.id())).isNull();
        one.publish("2");
        assertThat(one.awaitHeard("2").heard()).containsExactly(BEGAN, "1", BEGAN, "2");
    }

    @Test
    void emptiedServerIsNoticedAtTheFirstPublish() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        one.publish("1");
        other.awaitHeard("1");
        redis.command("FLUSHALL");
        other.publish("2");
        Eventually.holds("it began anew", () -> one.heard().lastIndexOf(BEGAN) > 0);
        Position start = one.log.start();
        assertThat(one.log.readAfter(start.sequence(), 10, 1 << 20))
                .extracting(Event::data)
                .containsExactly("2");
    }

    /** The events of which only the old primary knew are lost: nobody takes others for them. */
    @Test
    void replicaThatLacksTheNewestEventsIsFoundOut() {
        RedisServer primary = redis();
        RedisServer replica = open(primary.replica());
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + primary.port()))) {
            String address = "redis://127.0.0.1:" + proxy.port();
            LogNode ahead = node(address);
            Event kept = ahead.publish("kept");
            Event lost = lose("lost", ahead, primary, replica);
            // A node that has seen less publishes first.
            LogNode behind = node(replica.address());
            Event other = behind.publish("other");
            assertThat(other.sequence()).isEqualTo(lost.sequence());
            assertThat(other.id()).isNotEqualTo(lost.id());
            assertThat(behind.log.find(lost.id())).isNull();
            assertThat(behind.log.find(kept.id())).isEqualTo(kept.position());
            proxy.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
            proxy.up();
            awaitAnew(ahead, behind);
            ahead.publishAtLast("after");
            ahead.awaitHeard("after");
            assertThat(behind.awaitHeard("after").heard()).containsExactly(BEGAN, "other", BEGAN, "after");
        }
    }

    /** One node knows that an event is lost. The other one's streams have never had it, and must not go on in silence. */
    @Test
    void answeredEventThatIsLostIsToldToTheNodesThatHaveNotHadIt() {
        RedisServer primary = redis();
        RedisServer replica = open(primary.replica());
        URI first = URI.create("http://127.0.0.1:" + primary.port());
        try (var proxy = CuttableProxy.to(first);
                var late = CuttableProxy.to(first)) {
            LogNode one = node("redis://127.0.0.1:" + proxy.port());
            LogNode other = node("redis://127.0.0.1:" + late.port());
            one.publish("kept");
            other.awaitHeard("kept");
            late.down();
            lose("lost", one, primary, replica);
            for (CuttableProxy way : List.of(proxy, late)) {
                way.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
                way.up();
            }
            awaitAnew(one, other);
            one.publishAtLast("after");
            other.awaitHeard("after");
            assertThat(other.heard()).containsExactly(BEGAN, "kept", BEGAN, "after");
        }
    }

    /** Its clients may have had events of the life that begins before the loss is known. They are told, too. */
    @Test
    void lossThatIsKnownLateIsToldToThoseWhoWentOnMeanwhile() {
        RedisServer primary = redis();
        RedisServer replica = open(primary.replica());
        URI first = URI.create("http://127.0.0.1:" + primary.port());
        try (var proxy = CuttableProxy.to(first);
                var late = CuttableProxy.to(first)) {
            LogNode one = node("redis://127.0.0.1:" + proxy.port());
            LogNode other = node("redis://127.0.0.1:" + late.port());
            one.publish("kept");
            other.awaitHeard("kept");
            late.down();
            lose("lost", one, primary, replica);
            late.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
            late.up();
            Event between = other.publishAtLast("between");
            assertThat(other.awaitHeard("between").heard()).containsExactly(BEGAN, "kept", "between");
            proxy.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
            proxy.up();
            awaitAnew(one, other);
            assertThat(other.log.find(between.id())).isNull();
            Position start = other.log.start();
            assertThat(other.log.readAfter(start.sequence(), 10, 1 << 20))
                    .extracting(Event::data)
                    .containsExactly("kept", "between");
            Event after = one.publishAtLast("after");
            assertThat(other.awaitHeard("after").log.find(after.id())).isEqualTo(after.position());
        }
    }

    /** An id from a publisher says no more than a position does: after its event one is missing. */
    @Test
    void idOfAPublisherFromBeforeALossIsUnknown() throws Exception {
        RedisServer redis = redis();
        LogNode node = node(redis.address());
        var first = new PublishRequest(List.of("/t"), null, "kept", "mine", null, false);
        node.publish(first, null);
        redis.command("SAVE");
        Path dump = redis.directory().resolve("dump.rdb");
        byte[] old = Files.readAllBytes(dump);
        node.publish("lost");
        node.awaitHeard("lost");
        redis.kill();
        Files.write(dump, old);
        redis.restart();
        awaitAnew(node);
        node.publishAtLast("other");
        assertThat(node.log.find("mine")).as("an event is missing after it").isNull();
    }

    /** The old primary has not heard that it is not the primary any more, and answers whoever looks for history. */
    @Test
    void nodeThatAppendsToAPromotedReplicaReadsHistoryThereToo() {
        RedisServer primary = redis();
        RedisServer replica = open(primary.replica());
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + primary.port()))) {
            LogNode node = node("redis://127.0.0.1:" + proxy.port());
            node.publish("kept");
            node.awaitHeard("kept");
            assertThat(node.log.find("unknown")).isNull();
            Eventually.passes(
                    () -> assertThat(replica.command("XLEN", "{hub}:log")).isEqualTo("1"));
            replica.command("REPLICAOF", "NO", "ONE");
            proxy.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
            String reader = "(?s).*\\bid=(\\d+) [^\n]*cmd=xread.*";
            Eventually.passes(
                    () -> assertThat(primary.command("CLIENT", "LIST")).matches(reader));
            primary.command(
                    "CLIENT", "KILL", "ID", primary.command("CLIENT", "LIST").replaceAll(reader, "$1"));
            Eventually.passes(() -> assertThat(replica.command("CLIENT", "LIST"))
                    .as("it reads and appends there")
                    .contains("cmd=xread", "cmd=evalsha"));
            node.publishAtLast("after");
            node.awaitHeard("after").forget();
            Eventually.holds("history is looked at", () -> {
                try {
                    return node.log.find("unknown") == null;
                } catch (LogUnavailableException notYet) {
                    return false;
                }
            });
            node.publishAtLast("more");
            Eventually.holds("it hears more", () -> !node.heard().isEmpty());
            assertThat(node.heard()).containsExactly("more");
        }
    }

    /** The old primary has not heard that it is not the primary any more, and takes writes. */
    @Test
    void nodeThatReadsFromAPromotedReplicaAppendsThereToo() {
        RedisServer primary = redis();
        RedisServer replica = open(primary.replica());
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + primary.port()))) {
            LogNode node = node("redis://127.0.0.1:" + proxy.port());
            node.publish("kept");
            node.awaitHeard("kept");
            Eventually.passes(
                    () -> assertThat(replica.command("XLEN", "{hub}:log")).isEqualTo("1"));
            replica.command("REPLICAOF", "NO", "ONE");
            proxy.leadTo(URI.create("http://127.0.0.1:" + replica.port()));
            String reader = "(?s).*\\bid=(\\d+) [^\n]*cmd=xread.*";
            Eventually.passes(
                    () -> assertThat(primary.command("CLIENT", "LIST")).matches(reader));
            primary.command(
                    "CLIENT", "KILL", "ID", primary.command("CLIENT", "LIST").replaceAll(reader, "$1"));
            Eventually.passes(() -> {
                node.publishAtLast("after");
                assertThat(replica.command("XLEN", "{hub}:log")).isNotEqualTo("1");
            });
            // It may begin anew after the event that it has appended there.
            Eventually.passes(() -> {
                node.publishAtLast("last");
                assertThat(node.heard()).endsWith("last");
            });
            assertThat(node.log.fault()).isNull();
        }
    }

    @Test
    void olderDumpIsFoundOut() throws Exception {
        RedisServer redis = redis();
        LogNode node = node(redis.address());
        Event kept = node.publish("kept");
        redis.command("SAVE");
        Path dump = redis.directory().resolve("dump.rdb");
        byte[] old = Files.readAllBytes(dump);
        Event lost = node.publish("lost");
        node.awaitHeard("lost");
        redis.kill();
        Files.write(dump, old);
        redis.restart();
        Event other = node.publishAtLast("other");
        Eventually.holds("it began anew", () -> node.heard().lastIndexOf(BEGAN) > 0);
        assertThat(node.log.find(lost.id())).isNull();
        assertThat(node.log.find(kept.id())).as("an event is missing after it").isNull();
        assertThat(other.id()).isNotEqualTo(lost.id());
    }

    @Test
    void serverThatHangsIsWaitedForAndNothingIsTwice() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        one.publish("1");
        redis.pause();
        try {
            assertThatThrownBy(() -> one.publish("2")).isInstanceOf(LogUnavailableException.class);
            assertThat(one.log.fault()).contains("Redis has been away");
        } finally {
            redis.resume();
        }
        one.publishAtLast("3");
        one.awaitHeard("3");
        other.awaitHeard("3");
        assertThat(other.heard()).isEqualTo(one.heard()).doesNotHaveDuplicates();
    }

    /** What nobody was told of may be there, once. */
    @Test
    void answerThatIsLostIsAskedForAgainAndDoneOnce() {
        RedisServer redis = redis();
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + redis.port()))) {
            LogNode node = node("redis://127.0.0.1:" + proxy.port());
            node.publish("1");
            proxy.swallowToClient();
            var publisher = new Thread(() -> node.publish("2"));
            publisher.start();
            Eventually.passes(
                    () -> assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("2"));
            proxy.down();
            proxy.up();
            join(publisher);
            node.publishAtLast("3");
            assertThat(node.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "2", "3");
        }
    }

    @Test
    void connectionThatIsCutIsMadeAgain() {
        RedisServer redis = redis();
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + redis.port()))) {
            LogNode cut = node("redis://127.0.0.1:" + proxy.port());
            LogNode other = node(redis.address());
            cut.publish("1");
            proxy.down();
            other.publish("2");
            proxy.up();
            cut.publishAtLast("3");
            assertThat(cut.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "2", "3");
        }
    }

    @Test
    void readerWhoseServerSaysNothingIsNotStuck() {
        RedisServer redis = redis();
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + redis.port()))) {
            LogNode deaf = node("redis://127.0.0.1:" + proxy.port());
            LogNode other = node(redis.address());
            deaf.publish("1");
            proxy.swallowToClient();
            other.publish("2");
            proxy.up();
            deaf.awaitHeard("2");
            assertThat(deaf.heard()).containsExactly(BEGAN, "1", "2");
        }
    }

    @Test
    void whileRedisIsAwayPassingEventsReachThisNodesSubscribersAndOnceTheOthersAfterwards() {
        RedisServer redis = redis(SAFE);
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        one.publish("1");
        other.awaitHeard("1");
        redis.kill();
        one.log.pass(Requests.of("passing"));
        one.awaitHeard("passing");
        redis.restart();
        other.awaitHeard("passing");
        one.publishAtLast("2");
        assertThat(one.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "passing", "2");
        assertThat(other.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "passing", "2");
    }

    @Test
    void whatWasDeliveredLatelyIsReplayedWhileRedisIsAway() {
        RedisServer redis = redis();
        LogNode node = node(redis.address());
        Event first = node.publish("1");
        node.publish("2");
        node.awaitHeard("2");
        redis.kill();
        Eventually.holds("it is noticed", () -> node.log.fault() != null);
        assertThat(node.log.find(first.id())).isEqualTo(first.position());
        assertThat(node.log.readAfter(first.sequence(), 10, 1 << 20))
                .extracting(Event::data)
                .containsExactly("2");
    }

    @Test
    void nodeThatStartsWithoutRedisJoinsWhenItComes() {
        RedisServer redis = redis();
        redis.kill();
        LogNode node = open(LogNode.start(redis.address()));
        Eventually.passes(() -> assertThat(node.log.fault()).contains("Redis has been away"));
        assertThatThrownBy(() -> node.publish("early")).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(node.log::end).isInstanceOf(LogUnavailableException.class);
        redis.restart();
        node.awaitReady();
        node.publish("1");
        assertThat(node.awaitHeard("1").heard()).containsExactly(BEGAN, "1");
    }

    @Test
    void fullServerRefusesAndSaysSo() {
        RedisServer redis = redis("maxmemory-policy noeviction");
        LogNode node = node(redis.address());
        node.publish("1");
        redis.command("CONFIG", "SET", "maxmemory", "1");
        assertThatThrownBy(() -> node.publish("2"))
                .isInstanceOf(LogUnavailableException.class)
                .hasStackTraceContaining("OOM");
        assertThat(node.log.fault()).contains("OOM");
        redis.command("CONFIG", "SET", "maxmemory", "0");
        node.publishAtLast("3");
        Eventually.holds("it is well", () -> node.log.fault() == null);
        assertThat(node.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "3");
    }

    @Test
    void fullServerKeepsNoPassingEventFromThisNodesSubscribers() {
        RedisServer redis = redis("maxmemory-policy noeviction");
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        one.publish("1");
        other.awaitHeard("1");
        redis.command("CONFIG", "SET", "maxmemory", "1");
        one.log.pass(Requests.of("passing"));
        one.awaitHeard("passing");
        redis.command("CONFIG", "SET", "maxmemory", "0");
        other.awaitHeard(MISSED);
        one.publishAtLast("2");
        assertThat(one.awaitHeard("2").heard()).containsExactly(BEGAN, "1", "passing", "2");
        assertThat(other.awaitHeard("2").heard()).containsExactly(BEGAN, "1", MISSED, "2");
    }

    /** As many publishers as wait for a server that hangs share one call. */
    @Test
    void keysAreBoundedHoweverManyShareACall() {
        RedisServer redis = redis();
        LogNode node = node(redis.address());
        redis.command(
                "EVAL",
                "local t = redis.call('TIME')[1] .. '000' for i = 1, 100000 do"
                        + " redis.call('RPUSH', KEYS[1], t .. ' k' .. i) end",
                "1",
                "{hub}:order");
        var publishers = new ArrayList<Thread>();
        redis.pause();
        try {
            for (int n = 0; n < 100; n++) {
                var once = new Once("key " + n, "content");
                var publisher = new Thread(() -> node.publish(Requests.of("x"), once));
                publisher.start();
                publishers.add(publisher);
            }
            Eventually.holds(
                    "all wait",
                    () -> publishers.stream()
                            .allMatch(publisher -> publisher.getState() == Thread.State.TIMED_WAITING));
        } finally {
            redis.resume();
        }
        publishers.forEach(RedisFaultsTest::join);
        node.publish("last");
        assertThat(Integer.parseInt(redis.command("LLEN", "{hub}:order"))).isLessThanOrEqualTo(100_000);
    }

    @Test
    void keyMeansOnePublishOnEveryNode() {
        RedisServer redis = redis();
        LogNode one = node(redis.address());
        LogNode other = node(redis.address());
        var once = new Once("alice /msg 1", "content");
        Event first = one.publish(Requests.of("1"), once).get(0);
        Event again = other.publish(Requests.of("1"), once).get(0);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.time()).isEqualTo(first.time());
        assertThatThrownBy(() -> other.publish(Requests.of("2"), new Once("alice /msg 1", "other content")))
                .isInstanceOf(KeyReusedException.class);
        other.publish("3");
        assertThat(one.awaitHeard("3").heard()).containsExactly(BEGAN, "1", "3");
    }

    @Test
    void confirmationOfAReplicaThatIsNotThereIsRefused() {
        RedisServer redis = redis();
        LogNode node = open(LogNode.start(
                        redis.address(),
                        LogNode.AMPLE,
                        new Confirmation(Confirmation.By.REPLICA, Duration.ofMillis(100))))
                .awaitReady();
        assertThatThrownBy(() -> node.publish("1"))
                .isInstanceOf(LogUnavailableException.class)
                .hasStackTraceContaining("no replica confirmed an event within 100 ms");
        assertThat(node.log.fault()).contains("no replica confirmed");
        open(redis.replica());
        Eventually.holds("a replica confirms, and nobody has to publish", () -> node.log.fault() == null);
        node.publish("2");
    }

    @Test
    void confirmationOfADiskNeedsAServerThatKnowsIt() {
        RedisServer redis = redis();
        LogNode node = open(LogNode.start(
                redis.address(), LogNode.AMPLE, new Confirmation(Confirmation.By.DISK, Duration.ofMillis(100))));
        Eventually.passes(() -> assertThat(node.log.fault()).contains("tidings.redis.wait=disk"));
        assertThatThrownBy(() -> node.publish("1")).isInstanceOf(LogUnavailableException.class);
        assertThat(redis.command("XLEN", "{hub}:log")).isEqualTo("0");
    }

    /** A node whose history is passed by has missed events, and says so. */
    @Test
    void nodeThatHistoryHasPassedByBeginsAnew() {
        RedisServer redis = redis();
        var few = new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of()));
        try (var proxy = CuttableProxy.to(URI.create("http://127.0.0.1:" + redis.port()))) {
            LogNode late = open(LogNode.start("redis://127.0.0.1:" + proxy.port(), few, Confirmation.NONE))
                    .awaitReady();
            LogNode other =
                    open(LogNode.start(redis.address(), few, Confirmation.NONE)).awaitReady();
            other.publish("1");
            late.awaitHeard("1");
            proxy.down();
            var batch = Collections.nCopies(1_000, Requests.of("x"));
            for (int n = 0; n < 4; n++) {
                other.log.append(batch);
            }
            other.publish("last");
            proxy.up();
            Eventually.holds("it began anew", () -> late.heard().lastIndexOf(BEGAN) > 0);
            other.publish("after");
            late.awaitHeard("after");
        }
    }

    /** Starts a server with these lines of redis.conf. */
    RedisServer start(String... lines) {
        return RedisServer.start(lines);
    }

    private RedisServer redis(String... lines) {
        return open(start(lines));
    }

    private LogNode node(String address) {
        return open(LogNode.start(address)).awaitReady();
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** Publishes a second event, which the replica does not get before it becomes the primary. */
    private static Event lose(String data, LogNode by, RedisServer primary, RedisServer replica) {
        Eventually.passes(() -> assertThat(replica.command("XLEN", "{hub}:log")).isEqualTo("1"));
        // From now on it gets nothing more, since nobody is there.
        replica.command("REPLICAOF", "127.0.0.1", "1");
        Event lost = by.publish(data);
        by.awaitHeard(data);
        primary.kill();
        replica.command("REPLICAOF", "NO", "ONE");
        return lost;
    }

    private static void awaitAnew(LogNode... nodes) {
        for (LogNode node : nodes) {
            Eventually.holds("it began anew", () -> node.heard().lastIndexOf(BEGAN) > 0);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Eventually.LIMIT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
