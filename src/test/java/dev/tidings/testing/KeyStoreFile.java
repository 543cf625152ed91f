package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key store with a certificate for loopback that it signed itself: for a server its own, for a client
 * what it trusts.
 *
 * @param path where it is; deleted with its directory by whoever gave that
 */
public record KeyStoreFile(Path path) {

    /** Its password. */
    public static final String PASSWORD = "changeit";

    private static final String NAME = "loopback.p12";
    private static final String ALIAS = "loopback";

    /**
     * The one that all containers of a build show which speak TLS. It stays beside the WAR.
     */
    public static KeyStoreFile ofTheBuild() {
        try {
            Path war = ContainerKind.pathFrom("test.war");
            Path directory = war.resolveSibling("certificate");
            if (Files.notExists(directory)) {
                Path unseen = Files.createTempDirectory(war.toAbsolutePath().getParent(), "certificate-");
                in(unseen).pem();
                publish(unseen, directory);
            }
            return new KeyStoreFile(directory.toAbsolutePath().resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What clients trust that one with. All of them share it: to read the key store takes 70 ms of a processor, and a
     * client that comes again resumes its session, as browsers do.
     */
    public static SSLContext contextOfTheBuild() {
        return ContextOfTheBuild.SHARED;
    }

    /** Another JVM may have been faster. */
    private static void publish(Path unseen, Path directory) throws IOException {
        try {
            Files.move(unseen, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException faster) {
            Directories.delete(unseen);
        }
    }

    /** Makes one in this directory, with the keytool of this JDK. */
    public static KeyStoreFile in(Path directory) {
        Path path = directory.resolve(NAME);
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-J-XX:TieredStopAtLevel=1",
                            "-J-XX:+UseSerialGC",
                            "-genkeypair",
                            "-keystore",
                            path.toString(),
                            "-storepass",
                            PASSWORD,
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=loopback",
                            "-ext",
                            "san=ip:127.0.0.1")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for keytool", e);
        }
        return new KeyStoreFile(path);
    }

    /** Writes its certificate and its key beside it, as servers take them that know no key store. */
    public Path pem() {
        try {
            KeyStore store = load();
            String lines = pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded())
                    + pem(
                            "PRIVATE KEY",
                            store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            return Files.writeString(path.resolveSibling("loopback.pem"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    /** Shows this certificate, and trusts it and no other. */
    public SSLContext sslContext() {
        try {
            KeyStore store = load();
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Made when it is first asked for. */
    private static final class ContextOfTheBuild {

        static final SSLContext SHARED = ofTheBuild().sslContext();
    }
}
