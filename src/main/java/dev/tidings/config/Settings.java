package dev.tidings.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of this hub: the operator's values, and defaults for the rest. Sizes are in bytes.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param jwt how tokens are verified
 * @param defaults the grant of a token that has no {@code mercure} claim
 * @param anonymous whether streams may be opened without a token
 * @param cookie how browsers keep a token
 * @param origins the origins of other sites that are let in
 * @param proxies the addresses and CIDRs of the proxies that are believed
 * @param log the log that stores the events: {@code memory:}; or {@value FILE_LOG} and the absolute path of its file; or
 *     the address of Redis, with its password
 * @param logTimeout how long a publisher waits for the log
 * @param history how much of the log is stored
 * @param redis how the log on Redis is used, if it is there
 * @param relay where rows are that are published
 * @param outbox how much may wait for one stream
 * @param heartbeat how long a stream is idle before it is sent a heartbeat
 * @param retry how long clients are told to wait before they reconnect
 * @param limit how much clients may ask for
 * @param ticketAge how long a ticket waits to be used
 * @param frameSize the most bytes that one frame of a WebSocket's client may have
 * @param node the name that this node bears in the registry
 * @param drain over how long a stop or a drain spreads the ends of streams
 * @param metrics who may read the metrics: {@code open}, {@code token} or {@code off}
 * @param demo whether the hub is in demo mode, with a key of its own, ready-made tokens and feeds
 * @param demoIsPublic whether the demo serves other machines than this one
 */
public record Settings(
        Jwt jwt,
        Defaults defaults,
        boolean anonymous,
        Cookie cookie,
        Origins origins,
        List<String> proxies,
        String log,
        Duration logTimeout,
        History history,
        Redis redis,
        Relay relay,
        Outbox outbox,
        Duration heartbeat,
        Duration retry,
        Limit limit,
        Duration ticketAge,
        int frameSize,
        String node,
        Duration drain,
        String metrics,
        boolean demo,
        boolean demoIsPublic) {

    /** A log in a file begins with this, before the path of the file. */
    public static final String FILE_LOG = LogType.FILE;

    /**
     * How tokens are verified.
     *
     * @param key an HMAC secret or a PEM public key, as text, not yet compared with the algorithm; null
     *     when none is configured
     * @param algorithm the one algorithm accepted, by its name in RFC 7518
     * @param jwksUrl where the keys are published, instead of a key; or null
     * @param issuer the value that {@code iss} must have, or null
     * @param audience the value that {@code aud} must contain, or null
     * @param userClaim the claim that names the user
     */
    public record Jwt(
            @Nullable String key,
            String algorithm,
            @Nullable String jwksUrl,
            @Nullable String issuer,
            @Nullable String audience,
            String userClaim) {

        /** Leaves out the key, which must never be logged. */
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
     * The cookie that holds a token.
     *
     * @param sameSite {@code Strict}, {@code Lax} or {@code None}
     * @param secure {@code auto}, {@code true} or {@code false}
     */
    public record Cookie(String name, String sameSite, String secure) {}

    /**
     * The origins of other sites that are let in, not yet checked.
     *
     * @param cors the origins whose pages may read our answers
     * @param publish the origins whose pages may publish with the cookie
     */
    public record Origins(List<String> cors, List<String> publish) {}

    /**
     * How much of the log is stored. The bound that is reached first counts.
     *
     * @param skip selectors of events that are delivered live and not stored
     */
    public record History(int events, Duration age, long bytes, List<String> skip) {}

    /**
     * How the log on Redis is used.
     *
     * @param hub the name of this hub, where several share a Redis
     * @param confirmation what a publish waits for beyond the answer of Redis
     * @param trust the path of a file with the certificates that are trusted; null for the JDK's
     */
    public record Redis(
            String hub, Confirmation confirmation, @Nullable String trust) {}

    /**
     * Where rows are that are published.
     *
     * @param dataSource the JNDI name of the database; null if nothing is relayed
     * @param table the table's name, with its schema if it has one
     */
    public record Relay(@Nullable String dataSource, String table) {}

    /** How much may wait for one stream before it falls back to history. The bound that is reached first counts. */
    public record Outbox(int events, long bytes) {}

    /**
     * How much clients may ask for. Of all but the size, 0 is any number.
     *
     * @param eventSize the most data one event may have
     * @param streams the most streams of all clients together
     * @param streamsPerUser the most streams of one user
     * @param streamsPerAddress the most streams from one address
     * @param connectRate the most streams that are opened from one address in a second
     * @param publishRate the most events that one user publishes in a second
     * @param templates the most distinct templates that all streams may have together
     */
    public record Limit(
            int eventSize,
            int streams,
            int streamsPerUser,
            int streamsPerAddress,
            int connectRate,
            int publishRate,
            int templates) {}

    /** Whether there is a key to verify tokens with. Without one the hub deploys, and says what is missing. */
    public boolean isConfigured() {
        return jwt.key != null || jwt.jwksUrl != null || demo;
    }

    /** Leaves out what is secret, and most of the rest. */
    @Override
    public String toString() {
        return "Settings[" + jwt + ", " + LogType.masked(log) + "]";
    }

    static Settings read(SettingReader reader) {
        var settings = new Settings(
                new Jwt(
                        reader.find(SettingTable.JWT_KEY),
                        reader.get(SettingTable.JWT_ALGORITHM),
                        reader.find(SettingTable.JWT_JWKS_URL),
                        reader.find(SettingTable.JWT_ISSUER),
                        reader.find(SettingTable.JWT_AUDIENCE),
                        reader.get(SettingTable.JWT_USER_CLAIM)),
                new Defaults(reader.get(SettingTable.DEFAULT_SUBSCRIBE), reader.get(SettingTable.DEFAULT_PUBLISH)),
                reader.get(SettingTable.ANONYMOUS),
                new Cookie(
                        reader.get(SettingTable.COOKIE_NAME),
                        reader.get(SettingTable.COOKIE_SAMESITE),
                        reader.get(SettingTable.COOKIE_SECURE)),
                new Origins(reader.get(SettingTable.CORS_ORIGINS), reader.get(SettingTable.PUBLISH_ORIGINS)),
                reader.get(SettingTable.PROXIES),
                reader.get(SettingTable.LOG),
                reader.get(SettingTable.LOG_TIMEOUT),
                new History(
                        reader.get(SettingTable.HISTORY_EVENTS),
                        reader.get(SettingTable.HISTORY_AGE),
                        reader.get(SettingTable.HISTORY_BYTES),
                        reader.get(SettingTable.HISTORY_SKIP)),
                new Redis(
                        reader.get(SettingTable.REDIS_HUB),
                        reader.get(SettingTable.REDIS_WAIT),
                        reader.find(SettingTable.REDIS_TRUST)),
                new Relay(reader.find(SettingTable.RELAY_DATASOURCE), reader.get(SettingTable.RELAY_TABLE)),
                new Outbox(reader.get(SettingTable.OUTBOX_EVENTS), reader.get(SettingTable.OUTBOX_BYTES)),
                reader.get(SettingTable.HEARTBEAT),
                reader.get(SettingTable.RETRY),
                new Limit(
                        Math.toIntExact(reader.get(SettingTable.LIMIT_EVENT_SIZE)),
                        reader.get(SettingTable.LIMIT_STREAMS),
                        reader.get(SettingTable.LIMIT_STREAMS_PER_USER),
                        reader.get(SettingTable.LIMIT_STREAMS_PER_ADDRESS),
                        reader.get(SettingTable.LIMIT_CONNECT_RATE),
                        reader.get(SettingTable.LIMIT_PUBLISH_RATE),
                        reader.get(SettingTable.LIMIT_TEMPLATES)),
                reader.get(SettingTable.TICKET_AGE),
                Math.toIntExact(reader.get(SettingTable.WS_FRAME_SIZE)),
                reader.get(SettingTable.NODE),
                reader.get(SettingTable.DRAIN),
                reader.get(SettingTable.METRICS),
                isDemo(reader),
                reader.get(SettingTable.DEMO).equals(SettingTable.PUBLIC_DEMO));
        requireOneKey(settings, reader);
        requireUseOfRedis(settings);
        if (settings.relay.dataSource == null && !settings.relay.table.equals(SettingTable.RELAY_TABLE.defaultText())) {
            throw SettingException.of(
                    SettingTable.RELAY_TABLE.name(),
                    "nothing is relayed; remove this setting or set " + SettingTable.RELAY_DATASOURCE.name());
        }
        return settings;
    }

    /** Whether there are metrics. */
    public boolean hasMetrics() {
        return !metrics.equals(SettingTable.NO_METRICS);
    }

    /** Whether everybody may read the metrics. */
    public boolean areMetricsOpen() {
        return metrics.equals(SettingTable.OPEN_METRICS);
    }

    /** Whether the log is on Redis. */
    public boolean isLogOnRedis() {
        return LogType.isRedis(log);
    }

    /** Whether the hub makes its own key. */
    static boolean isDemo(SettingReader reader) {
        return !reader.get(SettingTable.DEMO).equals(SettingTable.NO_DEMO);
    }

    /** Refuses two sources of keys, since they would give two answers to who is let in. */
    private static void requireOneKey(Settings settings, SettingReader reader) {
        Jwt jwt = settings.jwt;
        if (jwt.key != null && jwt.jwksUrl != null) {
            throw SettingException.of(
                    SettingTable.JWT_JWKS_URL.name(),
                    "a key set is used instead of a key; remove this setting or "
                            + reader.nameAndOrigin(SettingTable.JWT_KEY));
        }
        if (settings.demo && (jwt.key != null || jwt.jwksUrl != null)) {
            Setting<?> key = jwt.key != null ? SettingTable.JWT_KEY : SettingTable.JWT_JWKS_URL;
            throw SettingException.of(
                    SettingTable.DEMO.name(),
                    "demo mode makes its own key and gives everybody a token; remove this setting or "
                            + reader.nameAndOrigin(key));
        }
    }

    /** Refuses a demo that others share, and what is set for a Redis that is not used: it would promise in vain. */
    private static void requireUseOfRedis(Settings settings) {
        if (settings.isLogOnRedis()) {
            if (settings.demo) {
                throw SettingException.of(
                        SettingTable.DEMO.name(),
                        "demo mode gives everybody a token, and a log on Redis may be shared; remove this setting or "
                                + SettingTable.LOG.name());
            }
        } else {
            requireUnset(SettingTable.REDIS_HUB, settings.redis.hub.equals(SettingTable.REDIS_HUB.defaultText()));
            // By its copy, because comparing records keeps their class in memory after the WAR is undeployed.
            requireUnset(SettingTable.REDIS_WAIT, settings.redis.confirmation.copy() == Confirmation.Copy.NONE);
        }
        if (settings.redis.trust != null && !settings.log.startsWith(LogType.REDIS_OVER_TLS)) {
            throw SettingException.of(
                    SettingTable.REDIS_TRUST.name(),
                    "there is no TLS to Redis; remove this setting or begin " + SettingTable.LOG.name()
                            + " with rediss:");
        }
    }

    private static void requireUnset(Setting<?> setting, boolean isDefault) {
        if (!isDefault) {
            throw SettingException.of(
                    setting.name(), "the log is not on Redis; remove this setting or set " + SettingTable.LOG.name());
        }
    }
}
