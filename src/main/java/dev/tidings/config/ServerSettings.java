package dev.tidings.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the server that {@code java -jar tidings.war} is. A container has its own, and no use for these.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param address the name or number of the address that it listens on
 * @param port the port that it listens on; 0 for any that is free
 * @param tls what it shows over HTTPS; null for plain HTTP
 */
public record ServerSettings(
        String address, int port, @Nullable Tls tls) {

    /** Where a certificate and its private key are: in two PEM files, or in one keystore. */
    public sealed interface Tls permits PemFiles, Keystore {}

    /**
     * A certificate and its key in PEM.
     *
     * @param certificate the path of the file with the server's certificate, and those of who signed it
     * @param key the path of the file with the private key
     */
    public record PemFiles(String certificate, String key) implements Tls {}

    /**
     * A certificate and its key in a keystore.
     *
     * @param path the path of a PKCS12 or JKS file
     * @param password its password, which may be empty
     */
    public record Keystore(String path, String password) implements Tls {

        /** Leaves out the password. */
        @Override
        public String toString() {
            return "Keystore[" + path + "]";
        }
    }

    /**
     * Reads and checks these settings.
     *
     * @throws SettingException about the first value that is not allowed
     */
    public static ServerSettings read(SettingSources given) {
        var reader = new SettingReader(given.sources());
        return new ServerSettings(
                reader.get(SettingTable.SERVER_ADDRESS), reader.get(SettingTable.SERVER_PORT), tls(reader));
    }

    /** Returns each setting's name, its value and the source of the value. Secrets are masked. */
    public static Map<String, String> describe(SettingSources given) {
        var reader = new SettingReader(given.sources());
        var description = new LinkedHashMap<String, String>();
        ofServer().forEach(setting -> description.put(setting.name(), reader.describe(setting)));
        return Collections.unmodifiableMap(description);
    }

    /** Returns a warning for each of these settings that is set in a container, where it means nothing. */
    public static List<String> unused(SettingSources given) {
        List<Source> sources = given.sources();
        return ofServer().stream()
                .flatMap(setting -> sources.stream()
                        .filter(source -> source.textOf(setting) != null)
                        .limit(1)
                        .map(source -> source.nameOf(setting) + " (" + source.place()
                                + ") is a setting of java -jar tidings.war, and means nothing in a container, which has"
                                + " settings of its own for this"))
                .toList();
    }

    private static List<Setting<?>> ofServer() {
        return SettingTable.all().stream().filter(SettingTable::isOfServer).toList();
    }

    private static @Nullable Tls tls(SettingReader reader) {
        String certificate = reader.find(SettingTable.SERVER_TLS_CERTIFICATE);
        String key = reader.find(SettingTable.SERVER_TLS_KEY);
        String keystore = reader.find(SettingTable.SERVER_TLS_KEYSTORE);
        String password = reader.find(SettingTable.SERVER_TLS_PASSWORD);
        if (keystore != null) {
            requireNone(SettingTable.SERVER_TLS_CERTIFICATE, certificate, SettingTable.SERVER_TLS_KEYSTORE);
            requireNone(SettingTable.SERVER_TLS_KEY, key, SettingTable.SERVER_TLS_KEYSTORE);
            return new Keystore(keystore, password == null ? "" : password);
        }
        if (password != null) {
            throw missing(SettingTable.SERVER_TLS_PASSWORD, SettingTable.SERVER_TLS_KEYSTORE);
        }
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null) {
            throw missing(SettingTable.SERVER_TLS_KEY, SettingTable.SERVER_TLS_CERTIFICATE);
        }
        if (key == null) {
            throw missing(SettingTable.SERVER_TLS_CERTIFICATE, SettingTable.SERVER_TLS_KEY);
        }
        return new PemFiles(certificate, key);
    }

    private static void requireNone(Setting<?> setting, @Nullable String value, Setting<?> instead) {
        if (value != null) {
            throw SettingException.of(
                    setting.name(),
                    "the certificate and its key are in a keystore; remove this setting or " + instead.name());
        }
    }

    private static SettingException missing(Setting<?> setting, Setting<?> other) {
        return SettingException.of(setting.name(), "is of no use without " + other.name() + "; set both or neither");
    }
}
