package dev.tidings.launch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.config.ServerSettings;
import dev.tidings.testing.KeyStoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file that cannot be used is refused with what is wrong with it, and the setting that names it. */
class CertificateFilesTest {

    @TempDir
    private static Path directory;

    private static KeyStoreFile store;
    private static Path pem;

    /** A key that is not that of the certificate. */
    private static Path foreign;

    @BeforeAll
    static void makeCertificates() throws IOException {
        store = KeyStoreFile.in(directory);
        pem = store.pem();
        foreign = KeyStoreFile.in(Files.createDirectory(directory.resolve("foreign")))
                .pem();
    }

    @Test
    void pemFilesAreAKeyWithItsCertificate() throws GeneralSecurityException {
        KeyMaterial material = CertificateFiles.read(pem(pem, pem));
        assertThat(material.subject()).startsWith("CN=loopback, good until ");
        assertThat(material.store().getKey("tidings", material.password().toCharArray()))
                .isNotNull();
        assertThat(material.toString()).doesNotContain(material.password());
    }

    /** As certbot writes it: the server's own first. */
    @Test
    void chainOfCertificatesKeepsItsOrder() throws IOException, GeneralSecurityException {
        Path chain =
                Files.writeString(directory.resolve("chain.pem"), Files.readString(pem) + Files.readString(foreign));
        KeyMaterial material = CertificateFiles.read(pem(chain, pem));
        assertThat(material.store().getCertificateChain("tidings")).hasSize(2);
        assertThat(material.store().getCertificateChain("tidings")[0])
                .isEqualTo(CertificateFiles.read(pem(pem, pem)).store().getCertificate("tidings"));
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        refused(pem(pem, foreign), "tidings.server.tls.key", "is not the key of the certificate");
    }

    @Test
    void fileWithoutAKeyIsRefused() throws IOException {
        Path none = Files.writeString(directory.resolve("none.pem"), "nothing");
        refused(pem(pem, none), "tidings.server.tls.key", "holds no private key");
        refused(pem(none, pem), "tidings.server.tls.certificate", "holds no certificate");
    }

    @Test
    void keyOfAnOlderFormIsRefusedWithTheCommandThatRewritesIt() throws IOException {
        Path old = Files.writeString(
                directory.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refused(pem(pem, old), "tidings.server.tls.key", "openssl pkcs8 -topk8 -nodes");
    }

    @Test
    void brokenKeyAndBrokenCertificateAreRefused() throws IOException {
        Path key = Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused(pem(pem, key), "tidings.server.tls.key", "is no key of the certificate, which has one for EC");
        Path certificate = Files.writeString(
                directory.resolve("certificate.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        refused(pem(certificate, pem), "tidings.server.tls.certificate", "holds a certificate that cannot be read");
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        refused(pem(pem, directory.resolve("gone.pem")), "tidings.server.tls.key", "gone.pem is not there");
        refused(keystore(directory.resolve("gone.p12"), "x"), "tidings.server.tls.keystore", "gone.p12 is not there");
    }

    @Test
    void keystoreIsAKeyWithItsCertificate() {
        assertThat(CertificateFiles.read(keystore(store.path(), KeyStoreFile.PASSWORD))
                        .subject())
                .startsWith("CN=loopback");
    }

    @Test
    void keystoreWithAnotherPasswordIsRefused() {
        refused(keystore(store.path(), "wrong"), "tidings.server.tls.password", "does not open");
    }

    @Test
    void keystoreThatIsNoneIsRefused() {
        refused(keystore(pem, KeyStoreFile.PASSWORD), "tidings.server.tls.keystore", "is neither PKCS12 nor JKS");
    }

    @Test
    void contentsChangeWithEachFile() throws IOException {
        Path certificate = Files.copy(pem, directory.resolve("c.pem"));
        Path key = Files.copy(pem, directory.resolve("k.pem"));
        byte[] before = CertificateFiles.contents(pem(certificate, key));
        Files.writeString(key, "other");
        assertThat(CertificateFiles.contents(pem(certificate, key))).isNotEqualTo(before);
    }

    private static void refused(ServerSettings.Tls place, String setting, String why) {
        assertThatThrownBy(() -> CertificateFiles.read(place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(why);
    }

    private static ServerSettings.Tls pem(Path certificate, Path key) {
        return new ServerSettings.PemFiles(certificate.toString(), key.toString());
    }

    private static ServerSettings.Tls keystore(Path path, String password) {
        return new ServerSettings.Keystore(path.toString(), password);
    }
}
