package dev.tidings.auth;

import static dev.tidings.auth.Verifiers.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.testing.CollidingNames;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.JwksText;
import dev.tidings.testing.KeyServer;
import dev.tidings.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tokens that a hub accepts while its key set changes, cannot be read, or is read by many threads. Over 300 lines, since each fact
 * needs the same server, clock and keys.
 */
class JwksKeysTest {

    private static final KeyPair FIRST = Keys.rsa();
    private static final KeyPair SECOND = Keys.rsa(2048);
    private static final String FIRST_SET = JwksText.set(JwksText.key("first", FIRST.getPublic()));
    private static final String SECOND_SET = JwksText.set(JwksText.key("second", SECOND.getPublic()));
    private static final String UNKNOWN = "the token is signed with a key (kid) that this hub does not know";

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration OLD = Duration.ofMinutes(5);

    private final Logger logger = Logger.getLogger(JwksCache.class.getName());
    private final KeyServer server = KeyServer.http();
    private final ManualClock clock = new ManualClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void publishTheFirstSet() {
        logger.setLevel(Level.OFF);
        server.publish(FIRST_SET);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
        logger.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "[RE]S.*")
    void aTokenOfAPublishedKeyIsAccepted(SigningAlgorithm algorithm) {
        server.publish(JwksText.set(JwksText.key("k", Pem.publicKey(Keys.verifying(algorithm)))));
        assertThat(verifier(algorithm)
                        .verify(token("k", Keys.signing(algorithm)))
                        .user())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "[RE]S.*")
    void aTokenOfAnotherKeyIsRefused(SigningAlgorithm algorithm) {
        server.publish(JwksText.set(JwksText.key("k", Pem.publicKey(Keys.verifying(algorithm)))));
        assertThat(reason(verifier(algorithm), token("k", Keys.signingWithAnotherKey(algorithm))))
                .startsWith("the token's signature does not match this hub's key. ");
    }

    @Test
    void anotherAlgorithmIsRefusedBeforeAnyKeyIsLookedUp() {
        TokenVerifier verifier = verifier(SigningAlgorithm.RS256);
        clock.advance(OLD);
        assertThat(reason(verifier, token("first", Keys.signing(SigningAlgorithm.RS512))))
                .isEqualTo("the token is signed with RS512, this hub accepts RS256");
        assertThat(server.requests()).isOne();
    }

    @Test
    void theSetIsReadOnceForManyTokens() {
        TokenVerifier verifier = rs256();
        for (int i = 0; i < 10; i++) {
            assertAccepts(verifier, first());
        }
        clock.advance(OLD.minusMillis(1));
        assertAccepts(verifier, first());
        assertThat(server.requests()).isOne();
    }

    @Test
    void aTokenThatNamesNoKeyMeansTheOnlyOne() {
        assertAccepts(rs256(), TokenText.signedWith(rs256(FIRST), "{\"sub\":\"alice\"}"));
        server.publish(
                JwksText.set(JwksText.key("first", FIRST.getPublic()), JwksText.key("second", SECOND.getPublic())));
        assertThat(reason(rs256(), TokenText.signedWith(rs256(FIRST), "{\"sub\":\"alice\"}")))
                .isEqualTo("the token has no kid, and this hub has several keys; sign it with the kid of its key");
    }

    @Test
    void aNewKeyIsFollowedAtItsFirstToken() {
        TokenVerifier verifier = rs256();
        server.publish(SECOND_SET);
        clock.advance(PAUSE);
        assertAccepts(verifier, second());
        assertThat(server.requests()).isEqualTo(2);
        assertThat(reason(verifier, first())).isEqualTo(UNKNOWN);
    }

    @Test
    void aKeyThatIsWithdrawnCountsForFiveMinutesAndATokenVerifiedInThemForOneMore() {
        TokenVerifier verifier = rs256();
        server.publish(SECOND_SET);
        clock.advance(OLD.minusMillis(1));
        assertAccepts(verifier, first());
        clock.advance(Duration.ofMillis(1));
        assertThat(reason(verifier, TokenText.signedWith(rs256(FIRST), "{}"))).isNotNull();
        clock.advance(Duration.ofSeconds(VerifiedTokens.MAX_SECONDS).minusMillis(2));
        assertAccepts(verifier, first());
        clock.advance(Duration.ofMillis(1));
        assertThat(reason(verifier, first())).isEqualTo(UNKNOWN);
    }

    @Test
    void unknownKeysReadTheSetNoMoreOftenThanEveryTenSeconds() {
        TokenVerifier verifier = rs256();
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(99));
            assertThat(reason(verifier, token("GIVEAWAY-" + i, rs256(SECOND)))).isEqualTo(UNKNOWN);
        }
        assertThat(server.requests()).isOne();
        clock.advance(PAUSE);
        for (int i = 0; i < 100; i++) {
            assertThat(reason(verifier, token("GIVEAWAY-" + i, rs256(SECOND)))).isEqualTo(UNKNOWN);
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetForwardReadsNothing() {
        TokenVerifier verifier = rs256();
        clock.set(clock.instant().plus(OLD));
        assertAccepts(verifier, first());
        assertThat(server.requests()).isOne();
    }

    @Test
    void aClockThatIsSetBackStopsNothing() {
        TokenVerifier verifier = rs256();
        clock.advance(Duration.ofDays(-1));
        clock.advance(PAUSE);
        server.publish(SECOND_SET);
        assertAccepts(verifier, second());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void whileTheSetCannotBeReadTheLastOneServes(int status) {
        TokenVerifier verifier = rs256();
        server.fail(status);
        clock.advance(OLD);
        assertAccepts(verifier, first());
        assertThat(reason(verifier, second())).isEqualTo(UNKNOWN);
        assertThat(server.requests()).isEqualTo(2);
        server.publish(SECOND_SET);
        clock.advance(PAUSE);
        assertAccepts(verifier, second());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{}", "{\"keys\":7}"})
    void aSetThatIsNoneDoesNotReplaceTheLast(String text) {
        TokenVerifier verifier = rs256();
        server.publish(text);
        clock.advance(OLD);
        assertAccepts(verifier, first());
        assertThat(server.requests()).isEqualTo(2);
    }

    static Stream<String> unusable() {
        String key = JwksText.bare(SECOND.getPublic());
        return Stream.of(
                JwksText.set(),
                JwksText.set(JwksText.key("first", Keys.ec("secp256r1").getPublic())),
                JwksText.set("{\"kty\":\"oct\",\"kid\":\"first\",\"k\":\"AAAA\"}"),
                JwksText.set(JwksText.with(key, "\"kid\":\"second\",\"use\":\"enc\"")),
                JwksText.set(JwksText.with(key, "\"kid\":\"second\",\"alg\":\"PS256\"")));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aSetWithoutAUsableKeyDoesNotReplaceTheLast(String set) {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        var log = new ArrayList<String>();
        var handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                log.add(entry.getLevel() + " " + entry.getMessage());
            }
        };
        logger.addHandler(handler);
        try {
            TokenVerifier verifier = rs256();
            server.publish(set);
            clock.advance(OLD);
            assertAccepts(verifier, first());
            assertThat(reason(verifier, second())).isEqualTo(UNKNOWN);
            assertThat(server.requests()).isEqualTo(2);
            assertThat(log).singleElement().asString().startsWith("WARNING the key set " + server.uri());
            assertThat(log.get(0))
                    .contains("holds no key for RS256")
                    .endsWith("; the hub goes on with the keys it read before");
            server.publish(SECOND_SET);
            clock.advance(PAUSE);
            assertAccepts(verifier, second());
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void aSetWithMembersThatCollideIsRead() {
        server.publish(FIRST_SET.replaceFirst("\\{", "{" + CollidingNames.members(1000) + ","));
        assertAccepts(rs256(), first());
    }

    @Test
    void whoAsksForAFaultIsToldOfOneUntilASetWasRead() {
        server.fail(500);
        TokenVerifier verifier = rs256();
        assertThat(verifier.fault()).contains("has not read the key set").doesNotContain("127.0.0.1");
        server.publish(FIRST_SET);
        assertThat(verifier.fault()).as("within the pause").isNotNull();
        assertThat(server.requests()).isOne();
        clock.advance(PAUSE);
        assertThat(verifier.fault()).as("read by whoever asked").isNull();
        assertAccepts(verifier, first());
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aSetThatCannotBeReadAnyMoreIsNoFault() {
        TokenVerifier verifier = rs256();
        server.fail(500);
        clock.advance(OLD);
        assertAccepts(verifier, first());
        assertThat(verifier.fault()).isNull();
    }

    @Test
    void aKeyOfTheSettingsIsNoFault() {
        assertThat(Verifiers.hs256().fault()).isNull();
    }

    @Test
    void withoutASetNobodyCanBeVerifiedUntilThereIsOne() {
        server.fail(500);
        TokenVerifier verifier = rs256();
        assertUnavailable(verifier, first());
        server.publish(FIRST_SET);
        assertUnavailable(verifier, first());
        assertThat(server.requests()).isOne();
        clock.advance(PAUSE);
        assertAccepts(verifier, first());
    }

    @Test
    void aSetWithoutAnyKeyThatSuitsIsAsGoodAsNone() {
        server.publish(JwksText.set(JwksText.key("k", Keys.ec("secp256r1").getPublic())));
        TokenVerifier verifier = rs256();
        assertUnavailable(verifier, token("k", rs256(FIRST)));
        assertUnavailable(verifier, TokenText.signedWith(rs256(FIRST), "{}"));
    }

    @Test
    void whileOneReadsTheOthersGoOnWithTheLastSet() throws Exception {
        TokenVerifier verifier = rs256();
        server.hang();
        clock.advance(OLD);
        Future<Grant> reading = threads.submit(() -> verifier.verify(first()));
        Eventually.holds("one reads", () -> server.requests() == 2);
        assertAccepts(verifier, first());
        assertThat(reading).isNotDone();
        server.publish(FIRST_SET);
        assertThat(reading.get().user()).isEqualTo("alice");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void tokensOfANewKeyThatComeAtOnceShareOneReading() throws Exception {
        TokenVerifier verifier = rs256();
        server.hang();
        clock.advance(PAUSE);
        var waiting = new ArrayList<Future<Grant>>();
        for (int i = 0; i < 5; i++) {
            waiting.add(threads.submit(() -> verifier.verify(second())));
        }
        Eventually.holds("one reads", () -> server.requests() == 2);
        server.publish(SECOND_SET);
        for (Future<Grant> grant : waiting) {
            assertThat(grant.get().user()).isEqualTo("alice");
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    /** Otherwise tokens with unknown keys could take all of a container's threads. */
    @Test
    void noMoreThanFiftyWaitForAReading() {
        TokenVerifier verifier = rs256();
        server.hang();
        clock.advance(PAUSE);
        String token = second();
        var grants = new ArrayList<Future<Grant>>();
        for (int i = 0; i < JwksCache.MAX_WAITING + 7; i++) {
            grants.add(threads.submit(() -> verifier.verify(token)));
        }
        Eventually.holds("seven are sent away", () -> done(grants).size() == 7);
        assertThat(done(grants))
                .allSatisfy(grant -> assertThat(grant)
                        .failsWithin(Eventually.LIMIT)
                        .withThrowableThat()
                        .withCauseInstanceOf(KeysUnavailableException.class));
        assertUnavailable(verifier, token);
        assertAccepts(verifier, first());
        server.publish(SECOND_SET);
        Eventually.holds("all others are answered", () -> done(grants).size() == grants.size());
        assertAccepts(verifier, token);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void afterFiftyHaveWaitedTheNextMayWaitAsWell() {
        TokenVerifier verifier = rs256();
        for (int i = 0; i < JwksCache.MAX_WAITING; i++) {
            clock.advance(PAUSE);
            assertThat(reason(verifier, second())).isEqualTo(UNKNOWN);
        }
        assertThat(server.requests()).isEqualTo(1 + JwksCache.MAX_WAITING);
        server.publish(SECOND_SET);
        clock.advance(PAUSE);
        assertAccepts(verifier, second());
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "HS.*")
    void aSetOfPublicKeysIsNoSecret(SigningAlgorithm algorithm) {
        KeySource keys = KeySources.ofSet(server.uri().toString().replace("http:", "https:"), clock::nanoTime);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> keys.verifying(algorithm))
                .withMessageStartingWith(algorithm + " needs a secret, and this is a public key");
        assertThat(server.requests()).isZero();
    }

    private static List<Future<Grant>> done(List<Future<Grant>> grants) {
        return grants.stream().filter(Future::isDone).toList();
    }

    private TokenVerifier rs256() {
        return verifier(SigningAlgorithm.RS256);
    }

    private TokenVerifier verifier(SigningAlgorithm algorithm) {
        var address = new JwksAddress.Web(server.uri(), Eventually.LIMIT);
        return new TokenVerifier(algorithm, new JwksKeys(address, clock::nanoTime), Verifiers.RULES, clock);
    }

    private static void assertAccepts(TokenVerifier verifier, String token) {
        assertThat(verifier.verify(token).user()).isEqualTo("alice");
    }

    private static void assertUnavailable(TokenVerifier verifier, String token) {
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(() -> verifier.verify(token));
    }

    private static String first() {
        return token("first", rs256(FIRST));
    }

    private static String second() {
        return token("second", rs256(SECOND));
    }

    private static String token(String kid, Algorithm signer) {
        String header = "{\"alg\":\"" + signer.getName() + "\",\"kid\":\"" + kid + "\"}";
        return TokenText.of(header, "{\"sub\":\"alice\"}".getBytes(StandardCharsets.UTF_8), signer);
    }

    private static Algorithm rs256(KeyPair pair) {
        return Algorithm.RSA256(null, (RSAPrivateKey) pair.getPrivate());
    }
}
