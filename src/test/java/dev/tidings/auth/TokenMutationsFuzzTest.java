package dev.tidings.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Mutations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A token that was changed grants what its signer granted, or nothing. */
class TokenMutationsFuzzTest {

    private static final String ALICE = "{\"sub\":\"alice\",\"exp\":4102444800}";
    private static final String EVERYTHING =
            "{\"sub\":\"root\",\"mercure\":{\"publish\":[\"*\",\"/a/{b}\"],\"subscribe\":[\"*\"],\"payload\":{\"a\":[1]}}}";

    private static final Map<SigningAlgorithm, TokenVerifier> VERIFIERS = new HashMap<>();

    private static TokenVerifier verifier(SigningAlgorithm algorithm) {
        return VERIFIERS.computeIfAbsent(
                algorithm,
                which -> new TokenVerifier(
                        which, KeySources.of(Keys.verifying(which)), Verifiers.RULES, new ManualClock()));
    }

    @Provide
    Arbitrary<byte[]> tokens() {
        return Mutations.of(
                TokenText.of(ALICE),
                TokenText.signedWith(Keys.signing(SigningAlgorithm.RS256), ALICE),
                TokenText.signedWith(Keys.signing(SigningAlgorithm.ES256), ALICE),
                TokenText.signedWith(Keys.signingWithAnotherKey(SigningAlgorithm.HS256), EVERYTHING),
                TokenText.base64("{\"alg\":\"none\"}".getBytes(UTF_8)) + "."
                        + TokenText.base64(EVERYTHING.getBytes(UTF_8)) + ".");
    }

    @Provide
    Arbitrary<byte[]> claims() {
        return Mutations.of(
                ALICE,
                EVERYTHING,
                "{\"sub\":7,\"exp\":\"4102444800.5\",\"nbf\":1,\"iat\":-1,\"iss\":\"a\",\"aud\":[\"b\"],"
                        + "\"https://mercure.rocks/\":{\"subscribe\":[]}}");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void changedTokenGrantsNothingElse(@ForAll("tokens") byte[] token, @ForAll SigningAlgorithm algorithm) {
        try {
            Grant grant = verifier(algorithm).verify(new String(token, ISO_8859_1));
            assertThat(grant.user()).isEqualTo("alice");
            assertThat(grant.publish().selectors()).hasSize(1);
        } catch (UnauthorizedException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            assertThat(refused).hasNoCause();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void claimsThatWereSignedAreReadOrRefused(@ForAll("claims") byte[] claims) {
        String token = TokenText.of("{\"alg\":\"HS256\"}", claims, Keys.signing(SigningAlgorithm.HS256));
        try {
            Grant grant = verifier(SigningAlgorithm.HS256).verify(token);
            assertThat(List.of(grant.publish(), grant.subscribe())).allMatch(Objects::nonNull);
            assertThat(grant.user() == null || !grant.user().isEmpty()).isTrue();
        } catch (UnauthorizedException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000);
        }
    }
}
