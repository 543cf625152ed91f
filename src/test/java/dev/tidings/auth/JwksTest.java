package dev.tidings.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tidings.testing.JwksText;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {

    private static final PublicKey RSA = Keys.rsa().getPublic();
    private static final PublicKey OTHER_RSA = Keys.rsa(2048).getPublic();
    private static final String RSA_TEXT = JwksText.bare(RSA);

    @Test
    void aKeyIsFoundByItsId() throws IOException {
        Jwks keys = rs256(JwksText.key("a", RSA), JwksText.key("b", OTHER_RSA));
        assertThat(keys.find("a")).isEqualTo(RSA);
        assertThat(keys.find("b")).isEqualTo(OTHER_RSA);
        assertThat(keys.find("c")).isNull();
    }

    @Test
    void ofTwoKeysWithOneIdTheFirstCounts() throws IOException {
        assertThat(rs256(JwksText.key("a", RSA), JwksText.key("a", OTHER_RSA)).find("a"))
                .isEqualTo(RSA);
    }

    @Test
    void aTokenThatNamesNoKeyMeansTheOnlyOne() throws IOException {
        assertThat(rs256(JwksText.key("a", RSA)).find(null)).isEqualTo(RSA);
        assertThat(rs256(RSA_TEXT).find(null)).isEqualTo(RSA);
        assertThat(rs256(RSA_TEXT, JwksText.key("a", OTHER_RSA)).find(null)).isNull();
        assertThat(rs256().find(null)).isNull();
    }

    @Test
    void aKeyWithoutAnIdIsFoundByNone() throws IOException {
        assertThat(rs256(RSA_TEXT).find("a")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ES256, secp256r1", "ES384, secp384r1", "ES512, secp521r1"})
    void pointsOnCurvesAreRead(SigningAlgorithm algorithm, String curve) throws IOException {
        PublicKey key = Keys.ec(curve).getPublic();
        assertThat(parse(algorithm, JwksText.key("a", key)).find("a")).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"use\":\"sig\"",
                "\"use\":null",
                "\"alg\":\"RS256\"",
                "\"key_ops\":[\"verify\"]",
                "\"x5c\":[\"AAAA\"],\"unheard-of\":{}"
            })
    void whatSuitsIsTaken(String members) throws IOException {
        assertThat(rs256(JwksText.with(RSA_TEXT, members)).keys()).hasSize(1);
    }

    static Stream<Arguments> unsuitable() {
        String ec = JwksText.bare(Keys.ec("secp256r1").getPublic());
        return Stream.of(
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"use\":\"enc\""), "its use is not sig"),
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"use\":1"), "its use is not a string"),
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"alg\":\"RS512\""), "its alg is not RS256"),
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"alg\":\"PS256\""), "its alg is not RS256"),
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"key_ops\":[\"encrypt\"]"), "do not include verify"),
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"kid\":7"), "its kid is not a string"),
                unsuitable("RS256", JwksText.with(RSA_TEXT, "\"d\":\"GIVEAWAY\""), "it is a private key"),
                unsuitable("RS256", JwksText.bare(Keys.rsa(1024).getPublic()), "at least 2048 bits"),
                unsuitable("RS256", rsa(base64(RSA), "AQ"), "this Java cannot read it"),
                unsuitable("RS256", rsa("n!", "AQAB"), "its n is not Base64url"),
                unsuitable("RS256", "{\"kty\":\"RSA\",\"e\":\"AQAB\"}", "its n is not a string"),
                unsuitable("RS256", "{\"kty\":\"oct\",\"k\":\"GIVEAWAY\"}", "neither RSA nor EC"),
                unsuitable("RS256", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}", "neither RSA nor EC"),
                unsuitable("RS256", "{}", "its kty is not a string"),
                unsuitable("RS256", "7", "its kty is not a string"),
                unsuitable("RS256", ec, "needs an RSA key"),
                unsuitable("ES256", RSA_TEXT, "needs an EC key"),
                unsuitable("ES384", ec, "on the curve secp384r1"),
                unsuitable("ES256", ec.replace("P-256", "secp256k1"), "its crv is none of"),
                unsuitable("ES256", ec.replace("P-256", "P-384"), "its point is not on its curve"),
                unsuitable("ES256", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}", "not on its curve"),
                unsuitable("ES256", ec.replaceFirst("\"y\":\"[^\"]*\"", "\"y\":\"AQ\""), "not on its curve"));
    }

    private static Arguments unsuitable(String algorithm, String key, String reason) {
        return Arguments.of(SigningAlgorithm.valueOf(algorithm), key, reason);
    }

    @ParameterizedTest
    @MethodSource("unsuitable")
    void whatDoesNotSuitIsLeftOutAndHarmsNoOther(SigningAlgorithm algorithm, String key, String reason)
            throws IOException {
        PublicKey good = algorithm == SigningAlgorithm.RS256
                ? RSA
                : Keys.ec(algorithm == SigningAlgorithm.ES256 ? "secp256r1" : "secp384r1")
                        .getPublic();
        Jwks keys = parse(algorithm, key, JwksText.key("good", good));
        assertThat(keys.find("good")).isEqualTo(good);
        assertThat(keys.keys()).hasSize(1);
        assertThat(keys.skipped()).hasSize(1);
        assertThat(keys.skipped().get(0)).startsWith("key 1: ").contains(reason).doesNotContain("GIVEAWAY");
    }

    @Test
    void keyThatIsLeftOutIsCountedAmongAll() throws IOException {
        Jwks keys = rs256(JwksText.key("a", RSA), "{}", JwksText.key("b", OTHER_RSA), "{}");
        assertThat(keys.skipped())
                .satisfiesExactly(
                        second -> assertThat(second).startsWith("key 2: "),
                        fourth -> assertThat(fourth).startsWith("key 4: "));
    }

    /** The point whose x is 0, where x is said as the prime of the field: the same number there, and no coordinate. */
    @Test
    void coordinateThatIsNotBelowTheFieldsPrimeIsOnNoCurve() throws IOException {
        EllipticCurve curve = SigningAlgorithm.parametersOf("secp256r1").getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger y = curve.getB().modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
        assertThat(parse(SigningAlgorithm.ES256, p256(BigInteger.ZERO, y)).keys())
                .hasSize(1);
        assertThat(parse(SigningAlgorithm.ES256, p256(prime, y)).skipped())
                .singleElement(STRING)
                .contains("not on its curve");
        assertThat(parse(SigningAlgorithm.ES256, p256(BigInteger.ZERO, y.add(prime)))
                        .skipped())
                .singleElement(STRING)
                .contains("not on its curve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[GIVEAWAY", "-----BEGIN PUBLIC KEY-----"})
    void anythingElseIsNoSet(String text) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Jwks.parse(text.getBytes(UTF_8), SigningAlgorithm.RS256))
                .withMessage("it is no JWK set: a JSON object with a list \"keys\"")
                .withNoCause();
    }

    private static Jwks rs256(String... keys) throws IOException {
        return parse(SigningAlgorithm.RS256, keys);
    }

    private static Jwks parse(SigningAlgorithm algorithm, String... keys) throws IOException {
        return Jwks.parse(JwksText.set(keys).getBytes(UTF_8), algorithm);
    }

    private static String rsa(String modulus, String exponent) {
        return "{\"kty\":\"RSA\",\"n\":\"" + modulus + "\",\"e\":\"" + exponent + "\"}";
    }

    private static String p256(BigInteger x, BigInteger y) {
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + base64(x) + "\",\"y\":\"" + base64(y) + "\"}";
    }

    private static String base64(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    private static String base64(PublicKey key) {
        byte[] modulus =
                ((java.security.interfaces.RSAPublicKey) key).getModulus().toByteArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(modulus);
    }
}
