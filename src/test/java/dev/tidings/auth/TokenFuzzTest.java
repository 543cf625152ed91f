package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verifier answers any text with a grant or a reason, and with no other exception. */
class TokenFuzzTest {

    private static final int ROUNDS = 1000;
    private static final byte[] CLAIMS = """
            {"sub":"alice","exp":4102444800,"nbf":1,"iss":"a","aud":["b"],"https://mercure.rocks/":null,
             "mercure":{"publish":["*","/a/{b}"],
             "subscribe":["\\ud83d\\udc4b"],"payload":[1.5e3,{"c":null}]}}""".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SOMETIMES_JSON = "{}[]\",:\\u0019e-.nt".getBytes(StandardCharsets.UTF_8);

    private final TokenVerifier verifier = Verifiers.hs256();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noTokenBreaksTheVerifier(long seed) {
        var random = new Random(seed);
        String token = TokenText.of(new String(CLAIMS, StandardCharsets.UTF_8));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = changed(token.getBytes(StandardCharsets.UTF_8), random);
            assertAnswered(new String(changed, StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noClaimsBreakTheVerifierEvenWhenSigned(long seed) {
        var random = new Random(seed);
        Algorithm signer = Algorithm.HMAC256(TokenText.SECRET);
        for (int i = 0; i < ROUNDS; i++) {
            assertAnswered(TokenText.of("{\"alg\":\"HS256\"}", changed(CLAIMS, random), signer));
        }
    }

    private void assertAnswered(String token) {
        try {
            assertThat(verifier.verify(token)).isNotNull();
        } catch (UnauthorizedException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            changed[random.nextInt(changed.length)] = random.nextBoolean()
                    ? SOMETIMES_JSON[random.nextInt(SOMETIMES_JSON.length)]
                    : (byte) random.nextInt(256);
        }
        return changed;
    }
}
