package dev.tidings.launch.server;

import dev.tidings.config.ServerSettings;
import dev.tidings.config.SettingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/**
 * Reads the key and the certificate of the server from the files that settings name.
 *
 * <p><b>Threads.</b> Any.
 */
final class CertificateFiles {

    private static final String CERTIFICATE = "tidings.server.tls.certificate";
    private static final String KEY = "tidings.server.tls.key";
    private static final String KEYSTORE = "tidings.server.tls.keystore";
    private static final String PASSWORD = "tidings.server.tls.password";

    /** The key is in no file when it has this password. */
    private static final String IN_MEMORY = "in-memory";

    private CertificateFiles() {}

    /**
     * Returns the bytes of all files, one after the other, which are others when one of them has changed.
     *
     * @throws SettingException when a file cannot be read
     */
    static byte[] contents(ServerSettings.Tls place) {
        var contents = new ByteArrayOutputStream();
        if (place instanceof ServerSettings.PemFiles files) {
            contents.writeBytes(bytes(CERTIFICATE, files.certificate()));
            contents.writeBytes(bytes(KEY, files.key()));
        } else if (place instanceof ServerSettings.Keystore store) {
            contents.writeBytes(bytes(KEYSTORE, store.path()));
        }
        return contents.toByteArray();
    }

    /**
     * Returns the key with its certificates.
     *
     * @throws SettingException with a sentence for the operator, when they cannot be used
     */
    static KeyMaterial read(ServerSettings.Tls place) {
        try {
            return place instanceof ServerSettings.PemFiles files
                    ? pem(files)
                    : keystore((ServerSettings.Keystore) place);
        } catch (GeneralSecurityException | IOException e) {
            throw SettingException.of(
                    place instanceof ServerSettings.PemFiles ? KEY : KEYSTORE, "cannot be used: " + e.getMessage());
        }
    }

    private static KeyMaterial pem(ServerSettings.PemFiles files) throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = PemFile.certificates(CERTIFICATE, bytes(CERTIFICATE, files.certificate()));
        Key key = PemFile.privateKey(KEY, bytes(KEY, files.key()), chain.get(0).getPublicKey());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tidings", key, IN_MEMORY.toCharArray(), chain.toArray(Certificate[]::new));
        return new KeyMaterial(store, IN_MEMORY, subject(chain.get(0)));
    }

    private static KeyMaterial keystore(ServerSettings.Keystore place) throws GeneralSecurityException, IOException {
        KeyStore store = load(place);
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                try {
                    store.getKey(alias, place.password().toCharArray());
                } catch (UnrecoverableKeyException other) {
                    throw SettingException.of(
                            PASSWORD,
                            "opens the keystore and not the key " + alias + " in it; both have to have one password");
                }
                return new KeyMaterial(store, place.password(), subject(certificate));
            }
        }
        throw SettingException.of(KEYSTORE, place.path() + " holds no private key");
    }

    private static KeyStore load(ServerSettings.Keystore place) throws GeneralSecurityException {
        byte[] bytes = bytes(KEYSTORE, place.path());
        // A JKS file begins with these four bytes; everything else is PKCS12, or nothing.
        boolean isJks = bytes.length > 3 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xED;
        KeyStore store = KeyStore.getInstance(isJks ? "JKS" : "PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), place.password().toCharArray());
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw SettingException.of(PASSWORD, "does not open " + place.path());
            }
            throw SettingException.of(KEYSTORE, place.path() + " is neither PKCS12 nor JKS");
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", good until "
                + certificate.getNotAfter().toInstant();
    }

    private static byte[] bytes(String setting, String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw SettingException.of(setting, file + " is not there");
        } catch (IOException e) {
            throw SettingException.of(setting, file + " cannot be read: " + e);
        }
    }
}
