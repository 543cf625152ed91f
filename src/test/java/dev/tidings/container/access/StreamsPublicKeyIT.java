package dev.tidings.container.access;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.container.Requests;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that only has the public key of those who sign tokens. */
class StreamsPublicKeyIT {

    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair EC = pair("EC", 256);

    @Test
    void rsaKeyFromAFileVerifiesTokens(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), pem(RSA));
        try (Container hub =
                withKey(ContainerKind.TOMCAT_11, "file:" + file, "RS256").start()) {
            Tokens token = Tokens.user("alice");
            Algorithm signer = Algorithm.RSA256(null, (RSAPrivateKey) RSA.getPrivate());
            assertOpens(hub, token.signedWith(signer));
            assertRefused(hub, token.signedWith(Algorithm.RSA512(null, (RSAPrivateKey) RSA.getPrivate())));
            // The oldest attack on JWT: the public key, which anybody has, taken for a secret.
            assertRefused(hub, token.signedWith(Algorithm.HMAC256(pem(RSA).getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void ecKeyInTheSettingItselfVerifiesTokens() {
        try (Container hub = withKey(ContainerKind.JETTY, pem(EC), "ES256").start()) {
            assertOpens(hub, Tokens.user("alice").signedWith(Algorithm.ECDSA256(null, (ECPrivateKey) EC.getPrivate())));
            assertRefused(hub, Tokens.user("alice"));
        }
    }

    private static ContainerSpec withKey(ContainerKind kind, String key, String algorithm) {
        return ContainerSpec.of(kind).set("tidings.jwt.key", key).set("tidings.jwt.algorithm", algorithm);
    }

    private static void assertOpens(Container hub, Tokens token) {
        try (StreamRecorder stream = hub.stream("/events").with(token).open()) {
            assertThat(stream.status()).as(stream::toString).isEqualTo(200);
        }
    }

    private static void assertRefused(Container hub, Tokens token) {
        assertProblem(Requests.get(hub, "/events", "Authorization: " + token.bearer()), 401, "this hub accepts");
    }

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
