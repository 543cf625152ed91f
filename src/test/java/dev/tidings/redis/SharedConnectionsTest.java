package dev.tidings.redis;

import static dev.tidings.redis.Redis.LONG;
import static dev.tidings.redis.Redis.call;
import static dev.tidings.redis.Redis.servers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedConnectionsTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final ManualClock clock = new ManualClock();
    private RedisServer server;
    private ExecutorService threads;

    @BeforeEach
    void start() {
        threads = Executors.newCachedThreadPool();
        server = RedisServer.start();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void oneConnectionIsLentAgainAndAgain() {
        try (SharedConnections shared = shared(4, LONG)) {
            assertThat(shared.with(SharedConnectionsTest::id)).isEqualTo(shared.with(SharedConnectionsTest::id));
        }
    }

    @Test
    void whatIsDoneWithAConnectionMayBeNothing() {
        try (SharedConnections shared = shared(1, LONG)) {
            assertThat(calling(shared, "GET", "none")).isNull();
        }
    }

    @Test
    void noMoreAreOpenThanAllowedHoweverManyThreads() {
        Set<Object> ids = ConcurrentHashMap.newKeySet();
        try (SharedConnections shared = shared(3, LONG)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(threads.submit(() -> ids.add(shared.with(SharedConnectionsTest::id))));
            }
            calls.forEach(Eventually::value);
        }
        assertThat(ids).hasSizeBetween(1, 3);
    }

    @Test
    void threadThatWaitsTooLongForAConnectionIsToldSo() throws InterruptedException {
        var lent = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        try (SharedConnections shared = shared(1, SHORT)) {
            Future<?> slow = threads.submit(() -> shared.with(connection -> {
                lent.countDown();
                return await(done);
            }));
            lent.await();
            assertThatThrownBy(() -> shared.with(SharedConnectionsTest::id))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessage("all 1 connections to " + server.address() + "/0 are in use");
            done.countDown();
            Eventually.value(slow);
            assertThat(shared.with(SharedConnectionsTest::id)).isNotNull();
        } finally {
            done.countDown();
        }
    }

    @Test
    void callThatFailedIsNotRepeatedAndItsConnectionNotLentAgain() {
        try (CuttableProxy proxy = CuttableProxy.to(URI.create(server.address()));
                SharedConnections shared = shared("redis://127.0.0.1:" + proxy.port(), 4, LONG)) {
            Object first = shared.with(SharedConnectionsTest::id);
            proxy.down();
            proxy.up();
            assertThatThrownBy(() -> shared.with(connection -> call(connection, "INCR", "n")))
                    .isInstanceOf(RedisUnavailableException.class);
            assertThat(server.command("GET", "n")).isEqualTo("null");
            assertThat(shared.with(SharedConnectionsTest::id)).isNotEqualTo(first);
        }
    }

    @Test
    void afterOneBrokeNoneOfTheIdleOnesIsLentAgain() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(URI.create(server.address()));
                SharedConnections shared = shared("redis://127.0.0.1:" + proxy.port(), 4, LONG)) {
            lendAllAtOnce(shared, 4);
            proxy.down();
            proxy.up();
            assertThatThrownBy(() -> shared.with(SharedConnectionsTest::id))
                    .isInstanceOf(RedisUnavailableException.class);
            for (int i = 0; i < 4; i++) {
                shared.with(SharedConnectionsTest::id);
            }
        }
    }

    @Test
    void restartBetweenCallsIsNotNoticed() {
        try (SharedConnections shared = shared(4, LONG)) {
            shared.with(SharedConnectionsTest::id);
            server.kill();
            server.restart();
            clock.advance(Duration.ofSeconds(1));
            assertThat(calling(shared, "SET", "k", "v")).isEqualTo("OK");
        }
    }

    @Test
    void serverThatBecameAReplicaBetweenCallsIsLeft() {
        try (RedisServer other = RedisServer.start();
                SharedConnections shared = shared(server.address() + ",127.0.0.1:" + other.port(), 4, LONG)) {
            assertThat(shared.with(RedisConnection::server)).isEqualTo("127.0.0.1:" + server.port());
            server.command("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
            clock.advance(Duration.ofSeconds(1));
            assertThat(shared.with(RedisConnection::server)).isEqualTo("127.0.0.1:" + other.port());
        }
    }

    @Test
    void connectionToAServerThatRefusesAWriteAsAReplicaIsDropped() {
        try (RedisServer other = RedisServer.start();
                SharedConnections shared = shared(server.address() + ",127.0.0.1:" + other.port(), 4, LONG)) {
            shared.with(SharedConnectionsTest::id);
            server.command("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
            assertThatThrownBy(() -> shared.with(connection -> call(connection, "SET", "k", "v")))
                    .isInstanceOf(RedisRefusedException.class);
            assertThat(calling(shared, "SET", "k", "v")).isEqualTo("OK");
        }
    }

    @Test
    void refusalDropsNoConnection() {
        try (SharedConnections shared = shared(4, LONG)) {
            Object id = shared.with(SharedConnectionsTest::id);
            assertThatThrownBy(() -> shared.with(connection -> call(connection, "NOSUCH")))
                    .isInstanceOf(RedisRefusedException.class);
            assertThat(shared.with(SharedConnectionsTest::id)).isEqualTo(id);
        }
    }

    @Test
    void faultOfTheCallerGivesTheConnectionBack() {
        try (SharedConnections shared = shared(1, SHORT)) {
            assertThatThrownBy(() -> shared.with(connection -> {
                        throw new IllegalStateException("mine");
                    }))
                    .hasMessage("mine");
            assertThat(shared.with(SharedConnectionsTest::id)).isNotNull();
        }
    }

    @Test
    void placeOfAConnectThatFailedIsFreeAgain() {
        try (SharedConnections shared = shared(1, SHORT)) {
            server.kill();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> shared.with(SharedConnectionsTest::id))
                        .isInstanceOf(RedisUnavailableException.class)
                        .hasMessageContaining("cannot be reached");
            }
            server.restart();
            assertThat(shared.with(SharedConnectionsTest::id)).isNotNull();
        }
    }

    @Test
    void closingEndsCallsThatWaitAndLeavesNoConnection() {
        SharedConnections shared = shared(4, LONG);
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        try (shared) {
            for (int i = 0; i < 3; i++) {
                calls.add(CompletableFuture.supplyAsync(
                        () -> shared.with(connection -> call(connection, "BLPOP", "none", "0")), threads));
            }
            Eventually.passes(
                    () -> assertThat(server.command("INFO", "clients")).contains("blocked_clients:3"));
        }
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(() -> Eventually.value(call))
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(RedisUnavailableException.class));
        Eventually.passes(() -> assertThat(server.command("INFO", "clients")).contains("connected_clients:1\r"));
        assertThatThrownBy(() -> shared.with(SharedConnectionsTest::id))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessage("the connections to " + server.address() + "/0 are closed");
    }

    @Test
    void closingEndsTheThreadsThatWaitForAConnection() throws InterruptedException {
        var lent = new CountDownLatch(1);
        SharedConnections shared = shared(1, LONG);
        try (shared) {
            Future<?> holder = threads.submit(() -> shared.with(connection -> {
                lent.countDown();
                return call(connection, "BLPOP", "none", "0");
            }));
            lent.await();
            var waiting = CompletableFuture.supplyAsync(() -> shared.with(SharedConnectionsTest::id), threads);
            shared.close();
            assertThatThrownBy(() -> Eventually.value(waiting)).hasMessageContaining("closed");
            assertThatThrownBy(() -> Eventually.value(holder)).hasMessageContaining("closed");
        }
    }

    private SharedConnections shared(int most, Duration patience) {
        return shared(server.address(), most, patience);
    }

    private SharedConnections shared(String address, int most, Duration patience) {
        return new SharedConnections(servers(address), most, LONG, patience, clock::nanoTime);
    }

    private static Object calling(SharedConnections shared, String command, String... arguments) {
        return shared.with(connection -> call(connection, command, arguments));
    }

    /** Which of all its connections the server sees here. */
    private static Object id(RedisConnection connection) {
        return String.valueOf(call(connection, "CLIENT", "ID"));
    }

    private void lendAllAtOnce(SharedConnections shared, int count) {
        var all = new CountDownLatch(count);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(threads.submit(() -> shared.with(connection -> {
                all.countDown();
                return await(all);
            })));
        }
        calls.forEach(Eventually::value);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
