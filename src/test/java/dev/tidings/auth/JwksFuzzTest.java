package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.JwksText;
import dev.tidings.testing.Mutations;
import java.io.IOException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever an address of keys answers with, it is a set of keys that suit the algorithm, or is no set. */
class JwksFuzzTest {

    private static final String RSA = JwksText.key("a", Keys.rsa().getPublic());
    private static final String EC = JwksText.key("b", Keys.ec("secp256r1").getPublic());

    @Provide
    Arbitrary<byte[]> sets() {
        return Mutations.of(
                "{\"keys\":[" + RSA + "," + EC + "]}",
                "{\"keys\":[" + EC + "]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"key_ops\":[\"verify\"],\"alg\":\"RS256\",\"n\":\"AQ\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[]}");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void setIsReadOrRefused(@ForAll("sets") byte[] set, @ForAll SigningAlgorithm algorithm) {
        if (algorithm.usesSecret()) {
            return;
        }
        try {
            Jwks keys = Jwks.parse(set, algorithm);
            assertThat(keys.keys())
                    .allSatisfy(key -> assertThat(key.key())
                            .isInstanceOf(algorithm.name().startsWith("RS") ? RSAPublicKey.class : ECPublicKey.class));
            assertThat(keys.skipped()).allSatisfy(reason -> assertThat(reason).startsWith("key "));
        } catch (IOException refused) {
            assertThat(refused).hasMessageStartingWith("it is no JWK set").hasNoCause();
        }
    }
}
