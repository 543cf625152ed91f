package dev.tidings.redis;

import static dev.tidings.redis.Redis.bytes;
import static dev.tidings.redis.Redis.call;
import static dev.tidings.redis.Redis.connect;
import static dev.tidings.redis.Redis.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection to Redis, through all that may befall it. Over 300 lines, since each fact is one of the same connection. */
class RedisConnectionTest {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    @Test
    void repliesAreBytesNumbersListsAndNull() {
        try (RedisConnection connection = connect(server)) {
            assertThat(call(connection, "SET", "k", "v")).isEqualTo("OK");
            assertThat(connection.call("GET", bytes("k"))).isEqualTo(bytes("v"));
            assertThat(connection.call("GET", bytes("none"))).isNull();
            assertThat(connection.call("STRLEN", bytes("k"))).isEqualTo(1L);
            assertThat(call(connection, "MGET", "k", "none", "k")).isEqualTo(Arrays.asList("v", null, "v"));
            assertThat(connection.call("MGET", bytes("none"))).isEqualTo(Arrays.asList((Object) null));
            assertThat(connection.call("KEYS", bytes("x*"))).isEqualTo(List.of());
        }
    }

    @Test
    void anyBytesPassUnchanged() {
        byte[] all = new byte[70_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (RedisConnection connection = connect(server)) {
            connection.call("SET", bytes("k"), all);
            assertThat(connection.call("GET", bytes("k"))).isEqualTo(all);
        }
    }

    @Test
    void commandsAreSentBeforeTheFirstAnswerIsRead() {
        try (RedisConnection connection = connect(server)) {
            assertThat(text(connection.pipeline(List.of(
                            RedisCommand.of("SET", "k", "v"),
                            RedisCommand.of("WAIT", "0", "100"),
                            RedisCommand.of("GET", "k")))))
                    .isEqualTo(List.of("OK", 0L, "v"));
        }
    }

    @Test
    void refusalInAPipelineStandsInItsPlaceAndTheOthersRun() {
        try (RedisConnection connection = connect(server)) {
            List<Object> replies = connection.pipeline(List.of(
                    RedisCommand.of("SET", "k", "v"), RedisCommand.of("LPOP", "k"), RedisCommand.of("GET", "k")));
            assertThat(replies.get(1))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("WRONGTYPE"));
            assertThat(text(replies.get(2))).isEqualTo("v");
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void refusalSaysWhoRefusesWhatAndWhyAndTheConnectionGoesOn() {
        try (RedisConnection connection = connect(server)) {
            call(connection, "SET", "k", "v");
            RedisRefusedException refused =
                    catchThrowableOfType(RedisRefusedException.class, () -> call(connection, "LPOP", "k"));
            assertThat(refused)
                    .hasMessage("redis at 127.0.0.1:" + server.port()
                            + " refuses LPOP (WRONGTYPE Operation against a key" + " holding the wrong kind of value)");
            assertThat(refused.code()).isEqualTo("WRONGTYPE");
            assertThat(call(connection, "GET", "k")).isEqualTo("v");
        }
    }

    @Test
    void unknownCommandIsRefusedAsErr() {
        try (RedisConnection connection = connect(server)) {
            assertThatThrownBy(() -> connection.call("NOSUCH", bytes("SECRET")))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("ERR"));
        }
    }

    @Test
    void lateAnswerClosesTheConnection() {
        try (RedisConnection connection = connect(server)) {
            connection.readTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> call(connection, "BLPOP", "none", "0"))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessage("redis at 127.0.0.1:" + server.port() + " did not answer BLPOP in time");
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> call(connection, "PING"))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessage("the connection to redis at 127.0.0.1:" + server.port() + " is closed");
        }
    }

    @Test
    void readTimeoutCanBeMadeLonger() {
        try (RedisConnection connection = connect(server)) {
            connection.readTimeout(Duration.ofMillis(1));
            connection.readTimeout(Redis.LONG);
            assertThat(connection.call("BLPOP", bytes("none"), bytes("0.1"))).isNull();
        }
    }

    @Test
    void connectionThatIsCutSaysSoAndIsNotOpenedAnew() {
        try (CuttableProxy proxy = CuttableProxy.to(URI.create(server.address()));
                RedisConnection connection = throughProxy(proxy)) {
            proxy.down();
            assertThatThrownBy(() -> call(connection, "PING"))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageStartingWith("the connection to redis at 127.0.0.1:" + proxy.port() + " broke (");
            proxy.up();
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> call(connection, "PING"))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageEndingWith(" is closed");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    /** As when a firewall forgets a connection: the answer is late, and the server has run the command all the same. */
    @Test
    void commandWhoseAnswerIsSwallowedHasRunThoughItsCallerCannotKnow() {
        try (CuttableProxy proxy = CuttableProxy.to(URI.create(server.address()));
                RedisConnection connection = throughProxy(proxy)) {
            connection.readTimeout(Duration.ofMillis(300));
            proxy.swallowToClient();
            assertThatThrownBy(() -> call(connection, "INCR", "n"))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageEndingWith(" did not answer INCR in time");
            assertThat(server.command("GET", "n")).isEqualTo("1");
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void commandThatIsSwallowedMayRunLongAfterItsCallerGaveUp() {
        try (CuttableProxy proxy = CuttableProxy.to(URI.create(server.address()));
                RedisConnection connection = throughProxy(proxy)) {
            connection.readTimeout(Duration.ofMillis(50));
            proxy.swallowToServer();
            assertThatThrownBy(() -> call(connection, "INCR", "n"))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageEndingWith(" did not answer INCR in time");
            assertThat(server.command("GET", "n")).isEqualTo("null");
            proxy.up();
            Eventually.passes(() -> assertThat(server.command("GET", "n")).isEqualTo("1"));
        }
    }

    @Test
    void closingEndsACallThatWaitsInAnotherThread() {
        CompletableFuture<Object> call;
        try (RedisConnection connection = connect(server)) {
            call = CompletableFuture.supplyAsync(() -> call(connection, "BLPOP", "none", "0"));
            awaitBlocked();
        }
        assertThatThrownBy(() -> Eventually.value(call))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageEndingWith(" is closed");
    }

    /** Sockets bound what is read and not what is written, and a large publish fills the buffers between. */
    @Test
    void commandThatTheServerDoesNotReadIsGivenUpInTime() {
        try (RedisServer hanging = RedisServer.start();
                RedisConnection connection = connect(hanging)) {
            connection.readTimeout(Duration.ofMillis(300));
            hanging.pause();
            assertThatThrownBy(() -> connection.call("SET", bytes("k"), new byte[100_000_000]))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessage("redis at 127.0.0.1:" + hanging.port() + " did not answer SET in time");
        }
    }

    @Test
    void closingEndsACallThatIsNotRead() {
        try (RedisServer hanging = RedisServer.start()) {
            CompletableFuture<Object> call;
            try (RedisConnection connection = connect(hanging)) {
                hanging.pause();
                var begun = new CountDownLatch(1);
                call = CompletableFuture.supplyAsync(() -> {
                    begun.countDown();
                    return connection.call("SET", bytes("k"), new byte[100_000_000]);
                });
                Eventually.holds("the call has begun", () -> begun.getCount() == 0);
            }
            assertThatThrownBy(() -> Eventually.value(call)).hasMessageEndingWith(" is closed");
        }
    }

    @Test
    void interruptEndsACallAndTheConnection() throws InterruptedException {
        try (RedisConnection connection = connect(server)) {
            var fault = new CompletableFuture<Throwable>();
            var thread = new Thread(() -> {
                Throwable thrown = catchThrowable(() -> call(connection, "BLPOP", "none", "0"));
                fault.complete(Thread.currentThread().isInterrupted() ? thrown : null);
            });
            thread.start();
            awaitBlocked();
            thread.interrupt();
            thread.join();
            assertThat(Eventually.value(fault))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageContaining("interrupted");
            assertThat(connection.isOpen()).isFalse();
        }
    }

    /** The rest of the answer would be taken for that to the next command. */
    @Test
    void answerForWhichThereIsNoMemoryClosesTheConnection() throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var endpoint = new Endpoint("127.0.0.1", listening.getLocalPort());
            try (var connection = new RedisConnection(
                            RedisSocket.open("redis", endpoint, null, Deadline.in(Duration.ofSeconds(5))));
                    Socket accepted = listening.accept()) {
                accepted.getOutputStream().write(bytes("$" + Integer.MAX_VALUE + "\r\n"));
                assertThatThrownBy(() -> connection.call("GET", bytes("k"))).isInstanceOf(OutOfMemoryError.class);
                assertThat(connection.isOpen()).isFalse();
            }
        }
    }

    @Test
    void closingTwiceIsFine() {
        RedisConnection connection = connect(server);
        connection.close();
        connection.close();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void knowsItsServerAndTheRunOfIt() {
        try (RedisConnection connection = connect(server)) {
            assertThat(connection.server()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(server.command("INFO", "server")).contains("run_id:" + connection.runId());
            assertThat(connection.runId()).hasSize(40);
        }
    }

    @Test
    void serverThatBecameAReplicaHasItsConnectionClosedWhenItRefusesAWrite() {
        try (RedisServer other = RedisServer.start();
                RedisConnection connection = connect(other)) {
            assertThat(connection.isPrimary()).isTrue();
            other.command("REPLICAOF", "127.0.0.1", Integer.toString(server.port()));
            assertThat(connection.isPrimary()).isFalse();
            assertThatThrownBy(() -> call(connection, "SET", "k", "v"))
                    .isInstanceOfSatisfying(
                            RedisRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("READONLY"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    /** Redis 6.2 has the code of what a script ran into within a sentence of its own. */
    @Test
    void codeOfAnErrorWithinAScriptIsFound() {
        assertThat(code("ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write against a"
                        + " read only replica."))
                .isEqualTo("READONLY");
        assertThat(code("READONLY You can't write against a read only replica. script: f_1, on @user_script:1."))
                .isEqualTo("READONLY");
        assertThat(code("ERR unknown command")).isEqualTo("ERR");
        assertThat(code("no code")).isEqualTo("ERR");
    }

    private static String code(String reason) {
        return new RedisRefusedException("redis at host:6379", "EVALSHA", reason).code();
    }

    private static RedisConnection throughProxy(CuttableProxy proxy) {
        return Redis.servers("redis://127.0.0.1:" + proxy.port()).connect(Redis.LONG);
    }

    private static void awaitBlocked() {
        Eventually.passes(() -> assertThat(server.command("INFO", "clients")).contains("blocked_clients:1"));
    }
}
