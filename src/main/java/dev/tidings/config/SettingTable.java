package dev.tidings.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All settings, one line each.
 *
 * <p><b>Threads.</b> Immutable once the class is initialised; any.
 */
final class SettingTable {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    private static final NameType NODE_NAME = new NameType(64);

    static final Setting<String> CONFIG = text("tidings.config", null, "the path of a properties file");

    static final Setting<String> JWT_KEY = masked(
            "tidings.jwt.key",
            null,
            new KeyType("an HMAC secret, a PEM public key, or file: and the path of a file with one of them"),
            SettingTable::hideKey);
    static final Setting<String> JWT_ALGORITHM = setting(
            "tidings.jwt.algorithm",
            "HS256",
            new ChoiceType("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"));
    static final Setting<String> JWT_JWKS_URL = masked(
            "tidings.jwt.jwks-url",
            null,
            new TextType("an address that begins with https: or file:"),
            SettingTable::hidePassword);
    static final Setting<String> JWT_ISSUER = text("tidings.jwt.issuer", null, "what a token's iss must be");
    static final Setting<String> JWT_AUDIENCE = text("tidings.jwt.audience", null, "what a token's aud must contain");
    static final Setting<String> JWT_USER_CLAIM = text("tidings.jwt.user-claim", "sub", "the name of a claim");

    static final Setting<List<String>> DEFAULT_SUBSCRIBE = selectors("tidings.default.subscribe", "/users/{sub},/all");
    static final Setting<List<String>> DEFAULT_PUBLISH = selectors("tidings.default.publish", "/users/{sub}");
    static final Setting<Boolean> ANONYMOUS = flag("tidings.anonymous", "false");

    static final Setting<String> COOKIE_NAME =
            text("tidings.cookie-name", "mercureAuthorization", "the name of a cookie");
    static final Setting<String> COOKIE_SAMESITE =
            setting("tidings.cookie-samesite", "Strict", new ChoiceType("Strict", "Lax", "None"));
    static final Setting<String> COOKIE_SECURE =
            setting("tidings.cookie-secure", "auto", new ChoiceType("auto", "true", "false"));
    static final Setting<List<String>> CORS_ORIGINS = list("tidings.cors.origins", "origins");
    static final Setting<List<String>> PUBLISH_ORIGINS = list("tidings.publish.origins", "origins");
    static final Setting<List<String>> PROXIES = list("tidings.proxies", "addresses or CIDRs");

    static final Setting<String> LOG = masked("tidings.log", LogType.MEMORY, new LogType(), LogType::masked);
    static final Setting<Duration> LOG_TIMEOUT = duration("tidings.log.timeout", "5s", "100ms", "1m");
    static final Setting<Integer> HISTORY_EVENTS = count("tidings.history.events", "100000", 1, 100_000_000);
    static final Setting<Duration> HISTORY_AGE = duration("tidings.history.age", "12h", "1s", "3650d");
    static final Setting<Long> HISTORY_BYTES = size("tidings.history.bytes", "64MiB", "1KiB", "1024GiB");
    static final Setting<List<String>> HISTORY_SKIP = selectors("tidings.history.skip", "");

    static final Setting<String> REDIS_HUB = setting("tidings.redis.hub", "tidings", new HubNameType());
    static final Setting<Confirmation> REDIS_WAIT =
            setting("tidings.redis.wait", ConfirmationType.NONE, new ConfirmationType());
    static final Setting<String> REDIS_TRUST =
            text("tidings.redis.trust", null, "the path of a PEM or PKCS12 file with certificates");

    static final Setting<String> RELAY_DATASOURCE = setting("tidings.relay.datasource", null, new JndiNameType());
    static final Setting<String> RELAY_TABLE = setting("tidings.relay.table", "tidings_outbox", new TableNameType());

    static final Setting<Integer> OUTBOX_EVENTS = count("tidings.outbox.events", "256", 1, 1_000_000);
    static final Setting<Long> OUTBOX_BYTES = size("tidings.outbox.bytes", "1MiB", "1KiB", "1GiB");
    static final Setting<Duration> HEARTBEAT = duration("tidings.heartbeat", "15s", "100ms", "1h");
    static final Setting<Duration> RETRY = duration("tidings.retry", "2s", "1ms", "1d");
    static final Setting<Long> LIMIT_EVENT_SIZE = size("tidings.limit.event-size", "1MiB", "1", "64MiB");
    static final Setting<Integer> LIMIT_STREAMS = count("tidings.limit.streams", "0", 0, 10_000_000);
    static final Setting<Integer> LIMIT_STREAMS_PER_USER = count("tidings.limit.streams-per-user", "0", 0, 1_000_000);
    static final Setting<Integer> LIMIT_STREAMS_PER_ADDRESS =
            count("tidings.limit.streams-per-address", "0", 0, 1_000_000);
    static final Setting<Integer> LIMIT_CONNECT_RATE = count("tidings.limit.connect-rate", "0", 0, 1_000_000);
    static final Setting<Integer> LIMIT_PUBLISH_RATE = count("tidings.limit.publish-rate", "0", 0, 1_000_000);
    static final Setting<Integer> LIMIT_TEMPLATES = count("tidings.limit.templates", "10000", 0, 1_000_000);
    static final Setting<Duration> TICKET_AGE = duration("tidings.ticket-age", "30s", "1s", "10m");
    static final Setting<Long> WS_FRAME_SIZE = size("tidings.ws.frame-size", "64KiB", "1KiB", "64MiB");

    static final Setting<Duration> DRAIN = duration("tidings.drain", "10s", "0s", "10m");

    static final String OPEN_METRICS = "open";
    static final String NO_METRICS = "off";
    static final Setting<String> METRICS =
            setting("tidings.metrics", OPEN_METRICS, new ChoiceType(OPEN_METRICS, "token", NO_METRICS));

    static final String JSON_LINES = "json";
    static final Setting<String> LOGGING = setting("tidings.logging", "text", new ChoiceType("text", JSON_LINES));

    static final Setting<String> NODE = setting("tidings.node", NODE_NAME.shortened(hostName()), NODE_NAME);

    static final String NO_DEMO = "false";
    static final String PUBLIC_DEMO = "public";
    static final Setting<String> DEMO = setting("tidings.demo", NO_DEMO, new ChoiceType(NO_DEMO, "true", PUBLIC_DEMO));

    /** The settings of the server that {@code java -jar tidings.war} is. In another container they mean nothing. */
    static final String OF_SERVER = "tidings.server.";

    static final Setting<Integer> SERVER_PORT = count("tidings.server.port", "8080", 0, 65_535);
    static final Setting<String> SERVER_ADDRESS =
            text("tidings.server.address", "127.0.0.1", "an address of this machine, or 0.0.0.0 for all of them");
    static final Setting<String> SERVER_TLS_CERTIFICATE =
            text("tidings.server.tls.certificate", null, "the path of a PEM file with one or more certificates");
    static final Setting<String> SERVER_TLS_KEY =
            text("tidings.server.tls.key", null, "the path of a PEM file with a private key");
    static final Setting<String> SERVER_TLS_KEYSTORE =
            text("tidings.server.tls.keystore", null, "the path of a PKCS12 or JKS file");
    static final Setting<String> SERVER_TLS_PASSWORD = masked(
            "tidings.server.tls.password",
            null,
            new KeyType("the password of the keystore, or file: and the path of a file with it"),
            SettingTable::hideKey);

    private SettingTable() {}

    /** Returns all settings, in the order in which they are shown. */
    static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** Whether a setting is one of {@code java -jar tidings.war} alone. */
    static boolean isOfServer(Setting<?> setting) {
        return setting.name().startsWith(OF_SERVER);
    }

    private static Setting<String> text(String name, @Nullable String defaultText, String allowed) {
        return setting(name, defaultText, new TextType(allowed));
    }

    private static Setting<Boolean> flag(String name, String defaultText) {
        return setting(name, defaultText, new BooleanType());
    }

    private static Setting<Integer> count(String name, String defaultText, int least, int most) {
        return setting(name, defaultText, new CountType(least, most));
    }

    private static Setting<Duration> duration(String name, String defaultText, String shortest, String longest) {
        return setting(name, defaultText, new DurationType(shortest, longest));
    }

    private static Setting<Long> size(String name, String defaultText, String smallest, String largest) {
        return setting(name, defaultText, new SizeType(smallest, largest));
    }

    private static Setting<List<String>> selectors(String name, String defaultText) {
        return setting(name, defaultText, new SelectorListType());
    }

    private static Setting<List<String>> list(String name, String entries) {
        return setting(name, "", new ListType(entries));
    }

    private static <T> Setting<T> setting(String name, @Nullable String defaultText, ValueType<T> type) {
        return masked(name, defaultText, type, UnaryOperator.identity());
    }

    private static <T> Setting<T> masked(
            String name, @Nullable String defaultText, ValueType<T> type, UnaryOperator<String> mask) {
        var setting = new Setting<>(name, defaultText, type, mask);
        ALL.add(setting);
        return setting;
    }

    /** Returns the machine's own name, or {@code localhost} where it has none. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static String hideKey(String text) {
        return text.startsWith(KeyType.FILE) ? text : "***";
    }

    private static String hidePassword(String address) {
        return address.replaceFirst("//.*@", "//***@");
    }
}
