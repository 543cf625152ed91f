package dev.tidings.redis;

import static dev.tidings.redis.Redis.LONG;
import static dev.tidings.redis.Redis.call;
import static dev.tidings.redis.Redis.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.Eventually;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisOverTlsTest {

    @TempDir
    private static Path folder;

    private static KeyStoreFile certificate;
    private static RedisServer server;

    @BeforeAll
    static void start() {
        certificate = KeyStoreFile.in(folder);
        server = RedisServer.overTls(certificate);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void serverWithATrustedCertificateIsReached() {
        try (RedisConnection connection =
                servers("rediss://127.0.0.1:" + server.tlsPort(), trust()).connect(LONG)) {
            byte[] large = new byte[200_000];
            connection.call("SET", Redis.bytes("k"), large);
            assertThat(connection.call("GET", Redis.bytes("k"))).isEqualTo(large);
            assertThat(connection.server()).isEqualTo("127.0.0.1:" + server.tlsPort());
        }
    }

    @Test
    void certificateThatTheJdkDoesNotTrustIsRefused() {
        assertThat(fault(servers("rediss://127.0.0.1:" + server.tlsPort(), null)))
                .isEqualTo(name("127.0.0.1", server.tlsPort())
                        + " shows a certificate that is not trusted: set tidings.redis.trust");
    }

    /** The certificate is for 127.0.0.1 alone. */
    @Test
    void certificateOfAnotherHostIsRefused() {
        assertThat(fault(servers("rediss://localhost:" + server.tlsPort(), trust())))
                .startsWith(name("localhost", server.tlsPort()) + " shows a certificate that does not fit (")
                .contains("localhost found");
    }

    @Test
    void portWithoutTlsIsSaidToAgreeOnNone() {
        RedisServers servers = new RedisServers(
                RedisAddress.parse("rediss://127.0.0.1:" + server.port()), "{hub}", Duration.ofMillis(300), trust());
        assertThat(fault(servers))
                .isEqualTo(name("127.0.0.1", server.port()) + " does not agree on TLS (no answer in time)");
    }

    @Test
    void portOverTlsEndsAConnectionWithout() {
        assertThat(fault(Redis.servers("redis://127.0.0.1:" + server.tlsPort())))
                .startsWith("the connection to " + name("127.0.0.1", server.tlsPort()) + " broke (")
                .endsWith("): is its port for TLS, or is it in protected mode?");
    }

    @Test
    void serverThatAsksForACertificateOfOursIsSaidToDoSo() {
        try (RedisServer strict = RedisServer.overTls(certificate, "tls-auth-clients yes")) {
            assertThat(fault(servers("rediss://127.0.0.1:" + strict.tlsPort(), trust())))
                    .startsWith("the connection to " + name("127.0.0.1", strict.tlsPort()) + " broke (")
                    .endsWith("): does it ask for a client's certificate (tls-auth-clients)?");
        }
    }

    @Test
    void closingEndsACallThatWaitsInAnotherThread() {
        CompletableFuture<Object> call;
        try (RedisConnection connection =
                servers("rediss://127.0.0.1:" + server.tlsPort(), trust()).connect(LONG)) {
            call = CompletableFuture.supplyAsync(() -> call(connection, "BLPOP", "none", "0"));
            Eventually.passes(
                    () -> assertThat(server.command("INFO", "clients")).contains("blocked_clients:1"));
        }
        assertThatThrownBy(() -> Eventually.value(call)).hasMessageEndingWith(" is closed");
    }

    @Test
    void commandThatTheServerDoesNotReadIsGivenUpInTime() {
        try (RedisServer hanging = RedisServer.overTls(certificate);
                RedisConnection connection = servers("rediss://127.0.0.1:" + hanging.tlsPort(), trust())
                        .connect(Duration.ofMillis(500))) {
            hanging.pause();
            assertThatThrownBy(() -> connection.call("SET", Redis.bytes("k"), new byte[100_000_000]))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageEndingWith(" did not answer SET in time");
        }
    }

    /** Over TLS a socket that is closed says goodbye first, and would wait until the other side reads that. */
    @Test
    void closingEndsACallThatIsNotRead() {
        try (RedisServer hanging = RedisServer.overTls(certificate)) {
            CompletableFuture<Object> call;
            try (RedisConnection connection =
                    servers("rediss://127.0.0.1:" + hanging.tlsPort(), trust()).connect(LONG)) {
                hanging.pause();
                var begun = new CountDownLatch(1);
                call = CompletableFuture.supplyAsync(() -> {
                    begun.countDown();
                    return connection.call("SET", Redis.bytes("k"), new byte[100_000_000]);
                });
                Eventually.holds("the call has begun", () -> begun.getCount() == 0);
            }
            assertThatThrownBy(() -> Eventually.value(call)).hasMessageEndingWith(" is closed");
        }
    }

    @Test
    void lateAnswerOverTlsIsSaidToBeLate() {
        try (RedisConnection connection =
                servers("rediss://127.0.0.1:" + server.tlsPort(), trust()).connect(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> call(connection, "BLPOP", "none", "0"))
                    .hasMessageEndingWith(" did not answer BLPOP in time");
        }
    }

    private static RedisServers servers(String address, @Nullable TrustedCertificates trust) {
        return new RedisServers(RedisAddress.parse(address), "{hub}", LONG, trust);
    }

    private static TrustedCertificates trust() {
        return TrustedCertificates.read(certificate.path());
    }

    private static String name(String host, int port) {
        return "redis at " + host + ":" + port;
    }
}
