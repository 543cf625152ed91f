package dev.tidings.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of servers, or of the authorities that signed them, that are trusted instead of the JDK's.
 *
 * <p>They are read from a file: PEM with any number of certificates, or PKCS12. A PKCS12 file may have no password or the
 * usual {@code changeit}, since certificates are no secret.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class TrustedCertificates {

    private static final String USUAL_PASSWORD = "changeit";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----", Pattern.DOTALL);

    private final SSLSocketFactory sockets;

    private TrustedCertificates(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /**
     * Reads them from a file, once.
     *
     * @throws IllegalArgumentException with what is wrong with the file
     */
    public static TrustedCertificates read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            KeyStore store = isPem(bytes) ? pem(bytes) : pkcs12(bytes);
            if (store.size() == 0) {
                throw new IllegalArgumentException(
                        "the file holds no certificate that can be read without its password; make it a PEM file");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new TrustedCertificates(context.getSocketFactory());
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no such file", missing);
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalArgumentException(
                    "the file is neither PEM nor PKCS12 that can be read (" + fault + ")", fault);
        }
    }

    /** Returns what makes sockets that trust these, or the JDK's if there are none. */
    static SSLSocketFactory socketFactory(@Nullable TrustedCertificates trust) {
        return trust == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trust.sockets;
    }

    private static boolean isPem(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    private static KeyStore pem(byte[] bytes) throws IOException, GeneralSecurityException {
        // A file for a server may hold its key as well.
        String certificates = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                .results()
                .map(found -> found.group() + "\n")
                .collect(Collectors.joining());
        KeyStore store = empty();
        var stream = new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1));
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
            store.setCertificateEntry(Integer.toString(store.size()), certificate);
        }
        return store;
    }

    private static KeyStore pkcs12(byte[] bytes) throws IOException, GeneralSecurityException {
        KeyStore open = load(bytes, null);
        return open.size() > 0 ? open : load(bytes, USUAL_PASSWORD.toCharArray());
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore load(byte[] bytes, char @Nullable [] password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password);
        return store;
    }
}
