package dev.tidings.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator of this hub has set, and the defaults for the rest. Sizes are in bytes.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param jwt how tokens are verified
 * @param defaults the grant of a token that brings none
 * @param anonymous whether streams may be opened without a token
 * @param log which log keeps the events; so far always {@code memory:}
 * @param history how much of the log is kept
 * @param outbox how much may wait for one stream
 * @param heartbeat how long a stream is idle before it is sent a heartbeat
 * @param retry what streams tell their clients to wait before they reconnect
 * @param limit what one request may ask for
 * @param demo whether the hub makes its own key and shows what it can do
 */
public record Settings(
        Jwt jwt,
        Defaults defaults,
        boolean anonymous,
        String log,
        History history,
        Outbox outbox,
        Duration heartbeat,
        Duration retry,
        Limit limit,
        boolean demo) {

    /**
     * How tokens are verified.
     *
     * @param key an HMAC secret or a PEM public key, as text, not yet compared with the algorithm; null
     *     when none is configured
     * @param algorithm the one algorithm accepted, by its name in RFC 7518
     * @param issuer what {@code iss} must be, or null
     * @param audience what {@code aud} must contain, or null
     * @param userClaim the claim that names the user
     */
    public record Jwt(
            @Nullable String key,
            String algorithm,
            @Nullable String issuer,
            @Nullable String audience,
            String userClaim) {

        /** Without the key, which must not end up in a log. */
        @Override
        public String toString() {
            return "Jwt[" + algorithm + "]";
        }
    }

    /**
     * The grant of a token that has no {@code mercure} claim: topic selectors in which
     * <code>{sub}</code> stands for the user.
     */
    public record Defaults(List<String> subscribe, List<String> publish) {}

    /**
     * How much of the log is kept; whichever is reached first.
     *
     * @param skip selectors of events that are delivered live and not kept
     */
    public record History(int events, Duration age, long bytes, List<String> skip) {}

    /** How much may wait for one stream before it falls back to history; whichever is reached first. */
    public record Outbox(int events, long bytes) {}

    /**
     * What one request may ask for.
     *
     * @param eventSize the most data one event may have
     */
    public record Limit(int eventSize) {}

    /** Whether there is a key to verify tokens with. Without one the hub deploys, and says what is missing. */
    public boolean isConfigured() {
        return jwt.key != null || demo;
    }

    static Settings read(SettingReader reader) {
        var settings = new Settings(
                new Jwt(
                        reader.find(SettingTable.JWT_KEY),
                        reader.get(SettingTable.JWT_ALGORITHM),
                        reader.find(SettingTable.JWT_ISSUER),
                        reader.find(SettingTable.JWT_AUDIENCE),
                        reader.get(SettingTable.JWT_USER_CLAIM)),
                new Defaults(reader.get(SettingTable.DEFAULT_SUBSCRIBE), reader.get(SettingTable.DEFAULT_PUBLISH)),
                reader.get(SettingTable.ANONYMOUS),
                reader.get(SettingTable.LOG),
                new History(
                        reader.get(SettingTable.HISTORY_EVENTS),
                        reader.get(SettingTable.HISTORY_AGE),
                        reader.get(SettingTable.HISTORY_BYTES),
                        reader.get(SettingTable.HISTORY_SKIP)),
                new Outbox(reader.get(SettingTable.OUTBOX_EVENTS), reader.get(SettingTable.OUTBOX_BYTES)),
                reader.get(SettingTable.HEARTBEAT),
                reader.get(SettingTable.RETRY),
                new Limit(Math.toIntExact(reader.get(SettingTable.LIMIT_EVENT_SIZE))),
                reader.get(SettingTable.DEMO));
        if (settings.demo && settings.jwt.key != null) {
            throw SettingException.of(
                    SettingTable.DEMO.name(),
                    "demo mode makes a key of its own and hands out tokens to everybody, so it cannot be true while "
                            + SettingTable.JWT_KEY.name() + " is set");
        }
        return settings;
    }
}
