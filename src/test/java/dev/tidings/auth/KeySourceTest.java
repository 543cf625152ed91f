package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.interfaces.ECPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBhzCCAS2gAwIBAgIUGVgmhck5A1W36Z3gMIsRCgjJNyAwCgYIKoZIzj0EAwIw
            GTEXMBUGA1UEAwwOdG9rZW5zLmV4YW1wbGUwHhcNMjYxMTIxMDI1NjExWhcNMzYx
            MTE4MDI1NjExWjAZMRcwFQYDVQQDDA50b2tlbnMuZXhhbXBsZTBZMBMGByqGSM49
            AgEGCCqGSM49AwEHA0IABMFouzRBEnQA3EwFVAfkhnI/1/zG10heFZZYeYmKszDU
            Gc7aR1ke7ikt8qbyBsAVlPaibGo562FyVWA1CoACOxujUzBRMB0GA1UdDgQWBBRS
            OneMuVyPuF7El6nBDgE2EX4T3zAfBgNVHSMEGDAWgBRSOneMuVyPuF7El6nBDgE2
            EX4T3zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIFqVjj/HX/5r
            v4yU0nPCIGmYWAQqSzj0BvvDDJ9y9qAXAiEA66aEqmWDkBj3nHHzRtcVKlPTCDE3
            s0hZooZPks7tEUk=
            -----END CERTIFICATE-----
            """;

    private static final String KEY_OF_CERTIFICATE = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwWi7NEESdADcTAVUB+SGcj/X/MbX
            SF4Vllh5iYqzMNQZztpHWR7uKS3ypvIGwBWU9qJsajnrYXJVYDUKgAI7Gw==
            -----END PUBLIC KEY-----
            """;

    @ParameterizedTest
    @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
    void aSecretHasAtLeastTheHashsLength(SigningAlgorithm algorithm, int bytes) {
        assertThat(KeySources.of("s".repeat(bytes)).verifying(algorithm)).isNotNull();
        assertThat(fault("s".repeat(bytes - 1), algorithm))
                .isEqualTo(algorithm + " needs a secret of at least " + bytes + " bytes, and this one has "
                        + (bytes - 1) + "; make one with: openssl rand -base64 48");
    }

    @Test
    void aSecretIsMeasuredInBytes() {
        assertThat(KeySources.of("ä".repeat(16)).verifying(SigningAlgorithm.HS256))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "[RE]S.*")
    void aSecretIsNoPublicKey(SigningAlgorithm algorithm) {
        assertThat(fault(TokenText.SECRET, algorithm)).startsWith(algorithm + " needs a public key in PEM form");
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "HS.*")
    void aPublicKeyIsNoSecret(SigningAlgorithm algorithm) {
        String reason = algorithm + " needs a secret, and this is a public key";
        assertThat(fault(Keys.pem(Keys.rsa().getPublic()), algorithm)).startsWith(reason);
        assertThat(fault(CERTIFICATE, algorithm)).startsWith(reason);
        assertThat(fault("# the key\n-----BEGIN something-----", algorithm)).startsWith(reason);
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "[RE]S.*")
    void aPrivateKeyIsRefused(SigningAlgorithm algorithm) {
        String both = Keys.pem(Keys.rsa().getPublic()) + Keys.pem(Keys.rsa().getPrivate());
        assertThat(fault(both, algorithm)).startsWith("this PEM holds a private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"})
    void aPrivateKeyIsRefusedInWhateverForm(String label) {
        String pem = "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n";
        assertThat(fault(pem, SigningAlgorithm.RS256)).startsWith("this PEM holds a private key");
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "ES.*")
    void anEllipticCurveIsNotRsa(SigningAlgorithm algorithm) {
        assertThat(fault(Keys.pem(Keys.rsa().getPublic()), algorithm))
                .isEqualTo(algorithm + " needs an EC key, and this is one for RSA");
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "RS.*")
    void rsaIsNoEllipticCurve(SigningAlgorithm algorithm) {
        assertThat(fault(KEY_OF_CERTIFICATE, algorithm))
                .isEqualTo(algorithm + " needs an RSA key, and this is one for EC");
    }

    @ParameterizedTest
    @CsvSource({"ES256, secp384r1, secp256r1", "ES384, secp521r1, secp384r1", "ES512, secp256r1, secp521r1"})
    void eachAlgorithmHasItsCurve(SigningAlgorithm algorithm, String given, String needed) {
        assertThat(fault(Keys.pem(Keys.ec(given).getPublic()), algorithm))
                .isEqualTo(algorithm + " needs an EC key on the curve " + needed + ", and this one is on another");
    }

    @Test
    void anRsaKeyUnder2048BitsIsRefused() {
        assertThat(fault(Keys.pem(Keys.rsa(1024).getPublic()), SigningAlgorithm.RS256))
                .isEqualTo("RS256 needs an RSA key of at least 2048 bits, and this one has 1024");
    }

    @Test
    void aKeyForSomethingElseIsRefused() {
        assertThat(fault(Keys.pem(Keys.x25519().getPublic()), SigningAlgorithm.ES256))
                .isEqualTo("this PEM holds no RSA or EC public key that this Java can read");
    }

    @Test
    void aCertificateStandsForItsKey() {
        assertThat(Pem.publicKey(CERTIFICATE))
                .isInstanceOf(ECPublicKey.class)
                .isEqualTo(Pem.publicKey(KEY_OF_CERTIFICATE));
    }

    @Test
    void theFirstOfAChainCounts() {
        String other = Keys.pem(Keys.ec("secp256r1").getPublic());
        assertThat(Pem.publicKey(CERTIFICATE + other)).isEqualTo(Pem.publicKey(KEY_OF_CERTIFICATE));
    }

    @Test
    void aPemMayBeOnOneLineOrHaveWordsAroundIt() {
        assertThat(Pem.publicKey("our key: " + KEY_OF_CERTIFICATE.replace('\n', ' ') + " (2026)"))
                .isEqualTo(Pem.publicKey(KEY_OF_CERTIFICATE));
        assertThat(Pem.publicKey(KEY_OF_CERTIFICATE.replace("\n", "\r\n")))
                .isEqualTo(Pem.publicKey(KEY_OF_CERTIFICATE));
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN PUBLIC KEY-----, no complete PUBLIC KEY",
        "-----BEGIN PUBLIC KEY-----AAAA-----END CERTIFICATE-----, no complete PUBLIC KEY",
        "-----BEGIN RSA PUBLIC KEY-----AAAA-----END RSA PUBLIC KEY-----, RSAPublicKey_in",
        "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----, no RSA or EC public key",
        "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----, no RSA or EC public key",
        "-----BEGIN PUBLIC KEY-----A=A=-----END PUBLIC KEY-----, is not Base64",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----, a certificate that this Java cannot read",
    })
    void aDamagedPemIsRefusedWithItsFault(String pem, String fault) {
        assertThat(fault(pem, SigningAlgorithm.RS256)).contains(fault);
    }

    private static String fault(String key, SigningAlgorithm algorithm) {
        IllegalArgumentException refusal = catchThrowableOfType(
                IllegalArgumentException.class, () -> KeySources.of(key).verifying(algorithm));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.getMessage()).doesNotContain(key);
        return refusal.getMessage();
    }
}
