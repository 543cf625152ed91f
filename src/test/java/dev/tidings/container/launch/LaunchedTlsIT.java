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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS and HTTP/2 of a hub that runs by {@code java -jar}. */
class LaunchedTlsIT {

    private static KeyStoreFile store;
    private static KeyStoreFile renewed;
    private static HttpClient http;

    /** Of those tests that leave it as it is. */
    private static LaunchedHub hub;

    @TempDir
    private Path directory;

    private final String topic = Fresh.topic();

    @BeforeAll
    static void start(@TempDir Path certificate, @TempDir Path another) {
        store = KeyStoreFile.in(certificate);
        renewed = KeyStoreFile.in(another);
        http = clientOf(store);
        hub = startWithKeystore(store);
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keystoreServesStreamsByEachVersionOfHttp(Version version) throws Exception {
        try (StreamRecorder stream = open(hub, version)) {
            assertThat(publish(hub)).isEqualTo(201);
            assertThat(stream.next().data()).isEqualTo("x");
        }
        assertThat(hub.logText()).doesNotContain("WARNING").doesNotContain(KeyStoreFile.PASSWORD);
    }

    @Test
    void webSocketIsOpenedBesideStreamsOfHttp2() throws Exception {
        try (StreamRecorder stream = open(hub, Version.HTTP_2);
                SocketClient socket = socket(hub)) {
            publish(hub);
            assertThat(socket.skipTo("event").path("data").asText()).isEqualTo("x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void loginOverHttpsMakesASecureCookie() throws Exception {
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

    @Test
    void changedKeystoreIsInUseWithoutARestartAndStreamsStayOpenUntilTheHubEnds() throws Exception {
        KeyStoreFile changing = new KeyStoreFile(Files.copy(store.path(), directory.resolve("changing.p12")));
        try (LaunchedHub own = startWithKeystore(changing);
                StreamRecorder first = open(own, Version.HTTP_1_1);
                StreamRecorder second = open(own, Version.HTTP_2);
                SocketClient socket = socket(own)) {
            Files.copy(renewed.path(), changing.path(), StandardCopyOption.REPLACE_EXISTING);
            assertShows(own, renewed);
            assertThat(publish(own, clientOf(renewed))).isEqualTo(201);
            assertThat(first.next().data()).isEqualTo("x");
            assertThat(second.next().data()).isEqualTo("x");
            assertThat(socket.skipTo("event").path("data").asText()).isEqualTo("x");

            own.terminate();

            assertThat(first.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(second.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(socket.awaitClose()).isEqualTo(1001);
            assertThat(own.awaitExit()).isEqualTo(143);
            assertThat(own.logText()).doesNotContain("WARNING").doesNotContain(KeyStoreFile.PASSWORD);
        }
    }

    @Test
    void pemFilesServeStreamsAndChangedOnesAreInUseWithoutARestartUnlessTheyAreBroken() throws Exception {
        Path pem = Files.copy(store.pem(), directory.resolve("hub.pem"));
        try (LaunchedHub own = startWithPem(pem)) {
            try (StreamRecorder stream = open(own, Version.HTTP_2)) {
                assertThat(publish(own)).isEqualTo(201);
                assertThat(stream.next().data()).isEqualTo("x");
            }
            Files.copy(renewed.pem(), pem, StandardCopyOption.REPLACE_EXISTING);
            assertShows(own, renewed);
            Files.writeString(pem, "nonsense");
            Eventually.holds("a warning", () -> own.logText().contains("cannot be used, so the last one stays"));
            assertShows(own, renewed);
        }
    }

    private SocketClient socket(LaunchedHub hub) {
        return SocketClient.open(
                http,
                URI.create(hub.uri() + "/ws?topic=" + topic),
                Map.of("Authorization", Tokens.operator().bearer()));
    }

    private static LaunchedHub startWithKeystore(KeyStoreFile file) {
        return LaunchedHub.start("--tls.keystore", file.path().toString(), "--tls.password", KeyStoreFile.PASSWORD);
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
