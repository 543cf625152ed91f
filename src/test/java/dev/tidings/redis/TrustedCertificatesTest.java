package dev.tidings.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.KeyStoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {

    @TempDir
    private static Path folder;

    private static KeyStoreFile own;

    @BeforeAll
    static void make() {
        own = KeyStoreFile.in(folder);
    }

    @Test
    void pemFileIsReadAndMayHoldTheServersKeyToo() {
        assertThat(TrustedCertificates.read(own.pem())).isNotNull();
    }

    @Test
    void pemFileMayHoldSeveralCertificatesAndWordsBetweenThem() throws IOException {
        String one = Files.readString(own.pem());
        Path file = Files.writeString(
                folder.resolve("two.pem"), "ours:\n" + one + "theirs:\r\n" + one.replace("\n", "\r\n"));
        assertThat(TrustedCertificates.read(file)).isNotNull();
    }

    @Test
    void pkcs12FileMayHaveTheUsualPassword() {
        assertThat(TrustedCertificates.read(own.path())).isNotNull();
    }

    @Test
    void pkcs12FileMayHaveNoPassword() throws IOException, GeneralSecurityException {
        assertThat(TrustedCertificates.read(pkcs12("none.p12", null))).isNotNull();
    }

    @Test
    void pkcs12FileWithAnotherPasswordIsRefused() throws IOException, GeneralSecurityException {
        Path file = pkcs12("another.p12", "another".toCharArray());
        assertThatThrownBy(() -> TrustedCertificates.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PEM");
    }

    @Test
    void missingFileIsSaidToBeMissing() {
        assertThatThrownBy(() -> TrustedCertificates.read(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("names no file that exists");
    }

    @Test
    void fileOfAnotherKindIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "trust me");
        assertThatThrownBy(() -> TrustedCertificates.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is neither a PEM nor a PKCS12 file");
    }

    @Test
    void pemFileWithoutACertificateIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> TrustedCertificates.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("holds no certificate");
    }

    @Test
    void brokenCertificateIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> TrustedCertificates.read(file)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A file that holds the certificate, and no key. */
    private static Path pkcs12(String name, char[] password) throws IOException, GeneralSecurityException {
        KeyStore from = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(own.path())) {
            from.load(in, KeyStoreFile.PASSWORD.toCharArray());
        }
        Certificate certificate = from.getCertificate(from.aliases().nextElement());
        KeyStore to = KeyStore.getInstance("PKCS12");
        to.load(null, null);
        to.setCertificateEntry("loopback", certificate);
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            to.store(out, password);
        }
        return file;
    }
}
