package dev.tidings.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.testing.KeyServer;
import dev.tidings.testing.KeyStoreFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwksAddressTest {

    /** Each byte may take long on a busy machine. */
    private static final Duration LONGER_THAN_BETWEEN_DRIPS = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "http://example.com/jwks.json, is neither",
        "http://localhost/jwks.json, is neither",
        "ftp://example.com/jwks.json, is neither",
        "jar:file:/a.jar!/b, is neither",
        "/etc/jwks.json, is neither",
        "https:jwks.json, is neither",
        "https:///jwks.json, is neither",
        "https://exa mple.com, is not an address",
        "https://user:GIVEAWAY@example.com/, leave it out"
    })
    void otherAddressesAreRefused(String address, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwksAddress.of(address))
                .withMessageContaining(reason)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("GIVEAWAY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file://"})
    void aFileIsRead(String scheme) throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), "the set");
        assertThat(JwksAddress.of(scheme + file).read()).asString(UTF_8).isEqualTo("the set");
    }

    @Test
    void aFileThatIsNotThereCannotBeRead() {
        JwksAddress address = JwksAddress.of("file:" + folder.resolve("none"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(address::read);
    }

    @Test
    void aServerWithATrustedCertificateIsRead() throws IOException {
        KeyStoreFile store = KeyStoreFile.in(folder);
        SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
        HttpsURLConnection.setDefaultSSLSocketFactory(store.sslContext().getSocketFactory());
        try (KeyServer server = KeyServer.https(store)) {
            server.publish("the set");
            assertThat(JwksAddress.of(server.uri().toString()).read())
                    .asString(UTF_8)
                    .isEqualTo("the set");
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
    }

    @Test
    void aServerWhoseCertificateNobodyTrustsIsNotRead() {
        try (KeyServer server = KeyServer.https(KeyStoreFile.in(folder))) {
            JwksAddress address = JwksAddress.of(server.uri().toString());
            assertThatExceptionOfType(SSLException.class).isThrownBy(address::read);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 404, 500})
    void anyOtherStatusIsAFailure(int status) {
        try (KeyServer server = KeyServer.http()) {
            server.fail(status);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> patient(server).read())
                    .withMessage("it answered " + status);
        }
    }

    @Test
    void aServerThatIsGoneIsAFailure() {
        KeyServer server = KeyServer.http();
        server.close();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> patient(server).read());
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        try (KeyServer server = KeyServer.http()) {
            server.hang();
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> impatient(server).read());
        }
    }

    @Test
    void aServerThatNeverFinishesIsGivenUp() {
        try (KeyServer server = KeyServer.http()) {
            server.drip();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new JwksAddress.Web(server.uri(), LONGER_THAN_BETWEEN_DRIPS).read())
                    .withMessage("it takes too long to arrive");
        }
    }

    @Test
    void aSetMayHave256KiB() throws IOException {
        try (KeyServer server = KeyServer.http()) {
            server.publish(" ".repeat(JwksAddress.MAX_BYTES));
            assertThat(patient(server).read()).hasSize(256 << 10);
            server.publish(" ".repeat(JwksAddress.MAX_BYTES + 1));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> patient(server).read())
                    .withMessage("it has more than 262144 bytes");
        }
    }

    @Test
    void whatIsLoggedOfAnAddressHoldsNoQuery() {
        assertThat(JwksAddress.of("https://example.com:8443/jwks.json?key=GIVEAWAY#x"))
                .hasToString("https://example.com:8443/jwks.json");
        assertThat(JwksAddress.of("file:/etc/tidings/jwks.json")).hasToString("/etc/tidings/jwks.json");
    }

    @Test
    void everyPortIsTakenUpToTheHighest() {
        assertThat(JwksAddress.of("https://example.com:65535/jwks.json"))
                .hasToString("https://example.com:65535/jwks.json");
    }

    private static JwksAddress patient(KeyServer server) {
        return new JwksAddress.Web(server.uri(), Duration.ofSeconds(10));
    }

    private static JwksAddress impatient(KeyServer server) {
        return new JwksAddress.Web(server.uri(), Duration.ofMillis(200));
    }
}
