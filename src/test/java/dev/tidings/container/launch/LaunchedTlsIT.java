package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS and HTTP/2 of a hub that runs by {@code java -jar}. */
class LaunchedTlsIT {

    @TempDir
    private Path directory;

    private final String topic = Fresh.topic();
    private KeyStoreFile store;
    private HttpClient http;

    @BeforeEach
    void makeCertificate() {
        store = KeyStoreFile.in(directory);
        http = clientOf(store);
    }

    @ParameterizedTest
    @EnumSource
    void keystoreServesStreamsByEachVersionOfHttp(Version version) throws Exception {
        try (LaunchedHub hub = startWithKeystore();
                StreamRecorder stream = open(hub, version)) {
            assertThat(publish(hub)).isEqualTo(201);
            assertThat(stream.next().data()).isEqualTo("x");
            hub.terminate();
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(hub.awaitExit()).isEqualTo(143);
            assertThat(hub.logText()).doesNotContain("WARNING").doesNotContain(KeyStoreFile.PASSWORD);
        }
    }

    @Test
    void pemFilesServeStreams() throws Exception {
        Path pem = store.pem();
        try (LaunchedHub hub = startWithPem(pem);
                StreamRecorder stream = open(hub, Version.HTTP_2)) {
            assertThat(publish(hub)).isEqualTo(201);
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void webSocketIsOpenedBesideStreamsOfHttp2() throws Exception {
        try (LaunchedHub hub = startWithKeystore();
                StreamRecorder stream = open(hub, Version.HTTP_2);
                SocketClient socket = SocketClient.open(
                        http,
                        URI.create(hub.uri() + "/ws?topic=" + topic),
                        Map.of("Authorization", Tokens.operator().bearer()))) {
            publish(hub);
            assertThat(socket.skipTo("event").path("data").asText()).isEqualTo("x");
            assertThat(stream.next().data()).isEqualTo("x");
            hub.terminate();
            assertThat(socket.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void loginOverHttpsMakesASecureCookie() throws Exception {
        try (LaunchedHub hub = startWithKeystore()) {
            HttpResponse<String> login = http.send(
                    HttpRequest.newBuilder(URI.create(hub.uri() + "/login"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", hub.uri().toString())
                            .POST(BodyPublishers.ofString(
                                    "token=" + Tokens.user("alice").jwt()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(login.statusCode()).isEqualTo(303);
            assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
        }
    }

    @Test
    void changedKeystoreIsInUseWithoutARestartAndStreamsStayOpen(@TempDir Path other) throws Exception {
        try (LaunchedHub hub = startWithKeystore();
                StreamRecorder stream = open(hub, Version.HTTP_1_1)) {
            KeyStoreFile renewed = KeyStoreFile.in(other);
            Files.copy(renewed.path(), store.path(), StandardCopyOption.REPLACE_EXISTING);
            assertShows(hub, renewed);
            publish(hub, clientOf(renewed));
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void changedPemFilesAreInUseWithoutARestart(@TempDir Path other) throws Exception {
        Path pem = store.pem();
        try (LaunchedHub hub = startWithPem(pem)) {
            KeyStoreFile renewed = KeyStoreFile.in(other);
            Files.copy(renewed.pem(), pem, StandardCopyOption.REPLACE_EXISTING);
            assertShows(hub, renewed);
        }
    }

    @Test
    void brokenCertificateIsSaidAndTheLastOneStays() throws Exception {
        Path pem = store.pem();
        try (LaunchedHub hub = startWithPem(pem)) {
            Files.writeString(pem, "nonsense");
            Eventually.holds("a warning", () -> hub.logText().contains("cannot be used, so the last one stays"));
            assertShows(hub, store);
        }
    }

    private LaunchedHub startWithKeystore() {
        return LaunchedHub.start("--tls.keystore", store.path().toString(), "--tls.password", KeyStoreFile.PASSWORD);
    }

    private static LaunchedHub startWithPem(Path pem) {
        return LaunchedHub.start("--tls.certificate", pem.toString(), "--tls.key", pem.toString());
    }

    /** Each client connects anew. */
    private static void assertShows(LaunchedHub hub, KeyStoreFile certificate) {
        Eventually.passes(() -> {
            try {
                var request = HttpRequest.newBuilder(URI.create(hub.uri() + "/health"))
                        .build();
                assertThat(clientOf(certificate)
                                .send(request, BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            } catch (SSLHandshakeException another) {
                throw new AssertionError("still the last certificate", another);
            }
        });
    }

    private StreamRecorder open(LaunchedHub hub, Version version) throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(URI.create(hub.uri() + "/events?topic=" + topic))
                        .version(version)
                        .header("Authorization", Tokens.operator().bearer())
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(version);
        return StreamRecorder.of(response);
    }

    private int publish(LaunchedHub hub) throws IOException, InterruptedException {
        return publish(hub, http);
    }

    private int publish(LaunchedHub hub, HttpClient client) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(hub.uri() + "/msg?topic=" + topic))
                                .header("Authorization", Tokens.operator().bearer())
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("x"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpClient clientOf(KeyStoreFile trusted) {
        return HttpClient.newBuilder().sslContext(trusted.sslContext()).build();
    }
}
