package dev.tidings.config;

import static dev.tidings.config.Sources.fault;
import static dev.tidings.config.Sources.properties;
import static dev.tidings.config.Sources.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.auth.SigningAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every setting takes, and refuses with a sentence. Over 300 lines, since it is one list of facts about one table. */
class SettingsTest {

    @TempDir
    private Path folder;

    @Test
    void theDefaultsAreThoseOfTheContract() throws UnknownHostException {
        assertThat(settings())
                .isEqualTo(new Settings(
                        new Settings.Jwt(null, "HS256", null, null, null, "sub"),
                        new Settings.Defaults(List.of("/users/{sub}", "/all"), List.of("/users/{sub}")),
                        false,
                        new Settings.Cookie("mercureAuthorization", "Strict", "auto"),
                        new Settings.Origins(List.of(), List.of()),
                        List.of(),
                        "memory:",
                        Duration.ofSeconds(5),
                        new Settings.History(100_000, Duration.ofHours(12), 64 << 20, List.of()),
                        new Settings.Redis("tidings", new Confirmation(Confirmation.Copy.NONE, Duration.ZERO), null),
                        new Settings.Relay(null, "tidings_outbox"),
                        new Settings.Outbox(256, 1 << 20),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(2),
                        new Settings.Limit(1 << 20, 0, 0, 0, 0, 0, 10_000),
                        Duration.ofSeconds(30),
                        64 << 10,
                        InetAddress.getLocalHost().getHostName(),
                        Duration.ofSeconds(10),
                        "open",
                        false,
                        false));
    }

    @Test
    void everySettingCanBeSet() throws IOException {
        assertThat(settingsIn("""
                        tidings.jwt.key = key
                        tidings.jwt.algorithm = ES384
                        tidings.jwt.issuer = i
                        tidings.jwt.audience = a
                        tidings.jwt.user-claim = name
                        tidings.default.subscribe = /s
                        tidings.default.publish = /p
                        tidings.anonymous = true
                        tidings.cookie-name = c
                        tidings.cookie-samesite = Lax
                        tidings.cookie-secure = true
                        tidings.cors.origins = https://a, *
                        tidings.publish.origins = https://a
                        tidings.proxies = 10.0.0.0/8, ::1
                        tidings.log = rediss://:secret@host
                        tidings.log.timeout = 1500ms
                        tidings.history.events = 7
                        tidings.history.age = 2h
                        tidings.history.bytes = 3MiB
                        tidings.history.skip = /x
                        tidings.redis.hub = h-1
                        tidings.redis.wait = replica 500ms
                        tidings.redis.trust = /ca.pem
                        tidings.relay.datasource = jdbc/shop
                        tidings.relay.table = app.events
                        tidings.outbox.events = 8
                        tidings.outbox.bytes = 4KiB
                        tidings.heartbeat = 1s
                        tidings.retry = 500ms
                        tidings.limit.event-size = 100
                        tidings.limit.streams = 1
                        tidings.limit.streams-per-user = 2
                        tidings.limit.streams-per-address = 3
                        tidings.limit.connect-rate = 4
                        tidings.limit.publish-rate = 5
                        tidings.limit.templates = 7
                        tidings.ticket-age = 1m
                        tidings.ws.frame-size = 2KiB
                        tidings.node = n1
                        tidings.drain = 3s
                        tidings.metrics = token
                        """))
                .isEqualTo(new Settings(
                        new Settings.Jwt("key", "ES384", null, "i", "a", "name"),
                        new Settings.Defaults(List.of("/s"), List.of("/p")),
                        true,
                        new Settings.Cookie("c", "Lax", "true"),
                        new Settings.Origins(List.of("https://a", "*"), List.of("https://a")),
                        List.of("10.0.0.0/8", "::1"),
                        "rediss://:secret@host",
                        Duration.ofMillis(1_500),
                        new Settings.History(7, Duration.ofHours(2), 3 << 20, List.of("/x")),
                        new Settings.Redis(
                                "h-1", new Confirmation(Confirmation.Copy.REPLICA, Duration.ofMillis(500)), "/ca.pem"),
                        new Settings.Relay("jdbc/shop", "app.events"),
                        new Settings.Outbox(8, 4 << 10),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        new Settings.Limit(100, 1, 2, 3, 4, 5, 7),
                        Duration.ofMinutes(1),
                        2 << 10,
                        "n1",
                        Duration.ofSeconds(3),
                        "token",
                        false,
                        false));
    }

    @Test
    void tableThatIsNotRelayedStopsTheDeployment() {
        assertThat(fault(properties("tidings.relay.table", "events")))
                .isEqualTo(
                        "tidings.relay.table: nothing is relayed; remove this setting or set tidings.relay.datasource");
    }

    /** Objects that another server makes may be anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {"ldap://example.com/shop", "rmi:shop", "java:ldap://example.com/shop", "jdbc:shop", "${shop}"})
    void nameOfAnotherServerStopsTheDeployment(String name) {
        assertThat(fault(properties("tidings.relay.datasource", name)))
                .startsWith("tidings.relay.datasource=" + name)
                .contains("is no name of this container");
    }

    /** It stands in statements as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"events; drop table orders", "a.b.c", "1st", "\"events\"", "a b", "a--"})
    void textThatIsNoNameOfATableStopsTheDeployment(String table) {
        assertThat(fault(properties("tidings.relay.datasource", "jdbc/shop", "tidings.relay.table", table)))
                .startsWith("tidings.relay.table=" + table)
                .contains("is no name of a table");
    }

    @Test
    void withoutAKeyTheHubIsNotConfigured() {
        assertThat(settings().isConfigured()).isFalse();
        assertThat(settings("tidings.jwt.key", "k").isConfigured()).isTrue();
        assertThat(settings("tidings.jwt.jwks-url", "https://k").isConfigured()).isTrue();
        assertThat(settings("tidings.demo", "true").isConfigured()).isTrue();
    }

    @Test
    void theAddressOfAKeySetCanBeSetInsteadOfAKey() {
        assertThat(settings("tidings.jwt.jwks-url", "https://k").jwt().jwksUrl())
                .isEqualTo("https://k");
    }

    @Test
    void aKeyAndAKeySetStopTheDeployment() {
        assertThat(fault(properties("tidings.jwt.jwks-url", "https://k", "tidings.jwt.key", "secret")))
                .startsWith("tidings.jwt.jwks-url: ")
                .contains("tidings.jwt.key")
                .doesNotContain("secret");
    }

    @Test
    void keyThatDemoModeCannotHaveIsNamedWithThePlaceWhereItStands() {
        var environment = Map.of("TIDINGS_JWT_KEY", "secret-secret-secret-secret-secret");
        assertThat(fault(new SettingSources(Map.of("tidings.demo", "true"), environment, Map.of())))
                .endsWith("remove this setting or tidings.jwt.key (environment TIDINGS_JWT_KEY)");
    }

    @Test
    void demoModeWithAKeySetStopsTheDeployment() {
        assertThat(fault(properties("tidings.demo", "true", "tidings.jwt.jwks-url", "https://k")))
                .startsWith("tidings.demo: ")
                .contains("tidings.jwt.jwks-url");
    }

    @Test
    void demoModeIsForThisMachineUnlessItIsSaidToBePublic() {
        assertThat(settings("tidings.demo", "true").demo()).isTrue();
        assertThat(settings("tidings.demo", "true").demoIsPublic()).isFalse();
        assertThat(settings("tidings.demo", "public").demo()).isTrue();
        assertThat(settings("tidings.demo", "public").demoIsPublic()).isTrue();
        assertThat(settings("tidings.demo", "public").isConfigured()).isTrue();
        assertThat(settings("tidings.demo", "false").demo()).isFalse();
    }

    @Test
    void publicDemoModeWithAKeyStopsTheDeployment() {
        assertThat(fault(properties("tidings.demo", "public", "tidings.jwt.key", "secret")))
                .startsWith("tidings.demo: ")
                .contains("tidings.jwt.key");
    }

    @Test
    void inDemoModeEveryPageMayReadUnlessItIsSaidOtherwise() {
        assertThat(settings("tidings.demo", "true").origins().cors()).containsExactly("*");
        assertThat(settings("tidings.demo", "true", "tidings.cors.origins", "https://a")
                        .origins()
                        .cors())
                .containsExactly("https://a");
        assertThat(settings("tidings.demo", "true", "tidings.cors.origins", "")
                        .origins()
                        .cors())
                .isEmpty();
    }

    @Test
    void demoModeStreamsToReadersWithoutATokenUnlessToldOtherwise() {
        assertThat(settings("tidings.demo", "true").anonymous()).isTrue();
        assertThat(settings("tidings.demo", "true", "tidings.anonymous", "false")
                        .anonymous())
                .isFalse();
        assertThat(settings("tidings.demo", "false").anonymous()).isFalse();
    }

    @Test
    void demoModeWithAKeyStopsTheDeployment() {
        assertThat(fault(properties("tidings.demo", "true", "tidings.jwt.key", "secret")))
                .startsWith("tidings.demo: ")
                .contains("tidings.jwt.key")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void everyAlgorithmThatTokensAreVerifiedWithCanBeSet(SigningAlgorithm algorithm) {
        assertThat(settings("tidings.jwt.algorithm", algorithm.name()).jwt().algorithm())
                .isEqualTo(algorithm.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "hs256", "PS256", "HS256,RS256"})
    void noOtherAlgorithmCanBeSet(String algorithm) {
        assertThat(fault(properties("tidings.jwt.algorithm", algorithm)))
                .isEqualTo("tidings.jwt.algorithm=" + algorithm
                        + " (system property) is not one of the choices; allowed is "
                        + "HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, ES512");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file | file",
                "rediss | rediss",
                "reds://:GIVEAWAY@host | reds://***@host",
                "user:GIVEAWAY@host | user:***@host",
                "redis//:GIVEAWAY@host:6379 | ***@host:6379",
                "redis;//:GIVEAWAY@host:6379 | ***@host:6379",
                "reds://:GIVEAWAY | reds://***"
            })
    void anotherLogIsRefusedWithoutItsPassword(String log, String shown) {
        assertThat(fault(properties("tidings.log", log)))
                .isEqualTo("tidings.log=" + shown
                        + " (system property) is neither memory: nor file: nor redis:; allowed is memory:, or file: and the"
                        + " absolute path of a file, as in file:/var/lib/tidings/log, or the address of Redis, as in"
                        + " redis://:password@host:6379/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://host:6379/0 | redis://host:6379/0",
                "redis://h1,h2:7000,[2001:db8::1]:6379/1 | redis://h1,h2:7000,[2001:db8::1]:6379/1",
                "redis+sentinel://h1:26379,h2/hub/1 | redis+sentinel://h1:26379,h2/hub/1",
                "redis://user:GIVEAWAY@host:6379/0 | redis://***@host:6379/0",
                "redis://:GIVE@AWAY@host:6379/0 | redis://***@host:6379/0",
                "redis://:GIVE/AWAY@host:6379/0 | redis://***@host:6379/0",
                "redis://:GIVE#AWAY@host:6379/0 | redis://***@host:6379/0",
                "rediss://user:GIVEAWAY@[::1]/0 | rediss://***@[::1]/0",
                "redis+sentinel://:GIVEAWAY@h1,h2/hub | redis+sentinel://***@h1,h2/hub",
                "redis:GIVEAWAY@host | redis:***@host",
                "redis:/:GIVEAWAY@host | redis:/***@host",
                "redis:GIVEAWAY | redis:***",
                "redis://:GIVEAWAY | redis://***",
                "redis://user:GIVEAWAY | redis://***",
                "redis://user:1GIVEAWAY | redis://***",
                "redis://host?password=GIVEAWAY | redis://***",
                "redis://host:6379/0?password=GIVEAWAY | redis://***"
            })
    void addressOfRedisIsShownWithoutItsPassword(String log, String shown) {
        assertThat(Configuration.read(properties("tidings.log", log)).description())
                .containsEntry("tidings.log", shown + " (system property)");
        assertThat(settings("tidings.log", log).log()).isEqualTo(log);
        assertThat(settings("tidings.log", log)).hasToString("Settings[Jwt[HS256], " + shown + "]");
    }

    @ParameterizedTest
    @CsvSource({"redis://h, true", "rediss://h, true", "redis+sentinel://h/m, true", "memory:, false", "file:/l, false"
    })
    void whetherTheLogIsOnRedisIsKnown(String log, boolean isOnRedis) {
        assertThat(settings("tidings.log", log).isLogOnRedis()).isEqualTo(isOnRedis);
    }

    @ParameterizedTest
    @CsvSource({
        "none, NONE, PT0S",
        "replica, REPLICA, PT1S",
        "disk, DISK, PT1S",
        "replica 500ms, REPLICA, PT0.5S",
        "disk  1m, DISK, PT1M"
    })
    void publishWaitsForACopyForSomeTime(String text, Confirmation.Copy copy, Duration limit) {
        assertThat(settings("tidings.log", "redis://h", "tidings.redis.wait", text)
                        .redis()
                        .confirmation())
                .isEqualTo(new Confirmation(copy, limit));
    }

    @ParameterizedTest
    @CsvSource({
        "tidings.redis.hub, another, tidings.redis.hub: the log is not on Redis; remove this setting or set tidings.log",
        "tidings.redis.wait, disk, tidings.redis.wait: the log is not on Redis; remove this setting or set tidings.log",
        "tidings.redis.trust, /ca.pem, tidings.redis.trust: there is no TLS to Redis; remove this setting or begin"
                + " tidings.log with rediss:"
    })
    void whatIsSetForRedisWithoutALogOnRedisStopsTheDeployment(String name, String value, String sentence) {
        assertThat(fault(properties(name, value))).isEqualTo(sentence);
    }

    @Test
    void whatIsTheDefaultOfRedisAnywayMayBeSetWithoutIt() {
        assertThat(settings("tidings.redis.hub", "tidings", "tidings.redis.wait", "none"))
                .isEqualTo(settings());
    }

    @Test
    void trustWithoutTlsStopsTheDeployment() {
        assertThat(fault(properties("tidings.log", "redis://h", "tidings.redis.trust", "/ca.pem")))
                .startsWith("tidings.redis.trust: there is no TLS to Redis; ");
    }

    @Test
    void demoModeWithALogOnRedisStopsTheDeployment() {
        assertThat(fault(properties("tidings.demo", "true", "tidings.log", "redis://:GIVEAWAY@host")))
                .startsWith("tidings.demo: ")
                .contains("tidings.log")
                .doesNotContain("GIVEAWAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/var/lib/tidings/log", "file:///var/lib/tidings/log", "memory:"})
    void aLogIsInMemoryOrInAFile(String log) {
        assertThat(settings("tidings.log", log).log()).isEqualTo(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file:/", "file:log", "file:./log"})
    void aLogsFileHasAnAbsolutePath(String log) {
        assertThat(fault(properties("tidings.log", log)))
                .startsWith("tidings.log=" + log
                        + " (system property) has no absolute path of a file after file:; allowed is ");
    }

    @ParameterizedTest
    @CsvSource({
        "tidings.heartbeat, 99ms, is too short",
        "tidings.heartbeat, 61m, is too long",
        "tidings.heartbeat, 15, is not a time",
        "tidings.retry, 0ms, is too short",
        "tidings.retry, 25h, is too long",
        "tidings.history.events, 0, is too small",
        "tidings.history.events, many, is not a whole number",
        "tidings.history.age, 0s, is too short",
        "tidings.history.bytes, 1, is too small",
        "tidings.outbox.events, 0, is too small",
        "tidings.outbox.bytes, 2GiB, is too large",
        "tidings.limit.event-size, 0, is too small",
        "tidings.limit.event-size, 257MiB, is too large",
        "tidings.limit.templates, -1, is not a whole number",
        "tidings.limit.templates, 1000001, is too large",
        "tidings.anonymous, yes, is neither true nor false",
        "tidings.demo, TRUE, is not one of the choices",
        "tidings.cookie-samesite, strict, is not one of the choices",
        "tidings.cookie-secure, yes, is not one of the choices",
        "tidings.cors.origins, 'https://a,,https://b', has a blank entry",
        "tidings.publish.origins, ',', has a blank entry",
        "tidings.proxies, '10.0.0.1,', has a blank entry",
        "tidings.history.skip, '/a,,/b', has a blank entry",
        "tidings.redis.hub, a b, is no name for a hub",
        "tidings.redis.hub, a{b}, is no name for a hub",
        "tidings.redis.hub, é, is no name for a hub",
        "tidings.redis.hub, 0123456789012345678901234567890123456789012345678901234567890123x, is no name for a hub",
        "tidings.redis.wait, all, is none of the three",
        "tidings.redis.wait, none 1s, is none of the three",
        "tidings.redis.wait, replica 0ms, is too short",
        "tidings.redis.wait, replica 61s, is too long",
        "tidings.redis.wait, replica 1, is not a time",
        "tidings.redis.wait, replica 1s 2s, is not a time",
        "tidings.node, 'a\tb', holds a control character",
        "tidings.node, 'a\u0085b', holds a control character",
        "tidings.node, 0123456789012345678901234567890123456789012345678901234567890123x, is too long"
    })
    void aValueThatIsNotAllowedStopsTheDeployment(String name, String value, String reason) {
        assertThat(fault(properties(name, value)))
                .startsWith(name + "=" + value + " (system property) " + reason + "; allowed is ");
    }

    @Test
    void nameOfANodeMayHave64Characters() {
        assertThat(settings("tidings.node", "é".repeat(64)).node()).hasSize(64);
    }

    /** A machine may have a longer name, and no default may stop a deployment. */
    @Test
    void longNameOfTheMachineIsShortened() {
        assertThat(new NameType(64).shortened("a\n" + "x".repeat(100))).isEqualTo("a" + "x".repeat(63));
        assertThat(new NameType(64).shortened("host")).isEqualTo("host");
    }

    @Test
    void settingsDoNotShowTheirKey() {
        assertThat(settings("tidings.jwt.key", "GIVEAWAY").toString())
                .contains("Jwt[HS256]")
                .doesNotContain("GIVEAWAY");
    }

    private Settings settingsIn(String file) throws IOException {
        Path path = Files.writeString(folder.resolve("tidings.properties"), file);
        return settings("tidings.config", path.toString());
    }
}
