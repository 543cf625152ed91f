package dev.tidings.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of servers, or of the authorities that signed them, that are trusted instead of the JDK's.
 *
 * <p>They are read from a file: PEM with any number of certificates, or PKCS12. A PKCS12 file may have no password,
 * or {@code changeit}, the usual one where there is nothing secret.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class TrustedCertificates {

    /** No password, as keytool writes a file without any; the empty one, as OpenSSL does; and keytool's usual one. */
    private static final List<Optional<String>> PASSWORDS =
            List.of(Optional.empty(), Optional.of(""), Optional.of("changeit"));

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
                        "holds no certificate, or none that can be read without its password;"
                                + " PEM files need no password");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new TrustedCertificates(context.getSocketFactory());
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("names no file that exists", missing);
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalArgumentException(
                    "is neither a PEM nor a PKCS12 file that can be read (" + fault.getMessage() + ")", fault);
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
        // A file for a server may hold its key as well, which the factory does not pass over.
        String certificates = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                .results()
                .map(found -> found.group() + "\n")
                .collect(Collectors.joining());
        var stream = new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1));
        return storeOf(CertificateFactory.getInstance("X.509").generateCertificates(stream));
    }

    /** Tries the passwords in turn. A wrong one hides the certificates, or is an error. */
    private static KeyStore pkcs12(byte[] bytes) throws IOException, GeneralSecurityException {
        KeyStore found = storeOf(List.of());
        for (Optional<String> password : PASSWORDS) {
            found = storeOf(load(bytes, password.map(String::toCharArray).orElse(null)));
            if (found.size() > 0) {
                break;
            }
        }
        return found;
    }

    private static List<Certificate> load(byte[] bytes, char @Nullable [] password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), password);
        } catch (IOException fault) {
            if (fault.getCause() instanceof UnrecoverableKeyException) {
                return List.of();
            }
            throw fault;
        }
        var certificates = new ArrayList<Certificate>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            if (certificate != null) {
                certificates.add(certificate);
            }
        }
        return certificates;
    }

    private static KeyStore storeOf(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry(Integer.toString(store.size()), certificate);
        }
        return store;
    }
}
