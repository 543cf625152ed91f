package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.JwksText;
import dev.tidings.testing.KeyServer;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are published over HTTPS, with a certificate that the container's JVM trusts. */
class JwksIT {

    /** Longer than a hub waits before it reads the set again. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final KeyPair KEY = key();
    private static final Tokens TOKEN =
            Tokens.operator().keyId("k").signedWith(Algorithm.RSA256(null, (RSAPrivateKey) KEY.getPrivate()));

    @TempDir
    private Path folder;

    @Test
    void aHubWaitsForItsKeysAndLeavesNothingBehind() {
        KeyStoreFile store = KeyStoreFile.in(folder);
        try (KeyServer server = KeyServer.https(store)) {
            server.fail(503);
            try (Container container = spec(ContainerKind.TOMCAT_11, server)
                    .set("javax.net.ssl.trustStore", store.path().toString())
                    .set("javax.net.ssl.trustStorePassword", KeyStoreFile.PASSWORD)
                    .under("/tidings")
                    .start()) {
                Answer refused = publish(container);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isEqualTo("10");
                assertThat(container.logText())
                        .contains("the key set " + server.uri() + " cannot be read")
                        .contains("it answered 503");

                Answer unready = Site.send(container, "GET", "/health/ready");
                assertThat(unready.status()).isEqualTo(503);
                assertThat(unready.body())
                        .contains("key set")
                        .doesNotContain(server.uri().getHost());

                server.publish(JwksText.set(JwksText.key("k", KEY.getPublic())));
                Eventually.passes(
                        LIMIT,
                        () -> assertThat(Site.send(container, "GET", "/health/ready")
                                        .status())
                                .as("whoever asks for the readiness has the keys read")
                                .isEqualTo(200));
                assertThat(publish(container).status()).isEqualTo(201);

                server.publish(JwksText.set());
                assertThat(Site.send(container, "GET", "/health/ready").status())
                        .isEqualTo(200);
                Eventually.passes(
                        LIMIT, () -> assertThat(publish(container).status()).isEqualTo(201));
                assertThat(Publisher.to(container, TOKEN.keyId("other"))
                                .post(Publisher.FORM, "msg=x")
                                .status())
                        .isEqualTo(401);

                container.undeploy();
                assertThat(container.logText()).doesNotContain("memory leak").doesNotContain("failed to stop it");
            }
        }
    }

    private static ContainerSpec spec(ContainerKind kind, KeyServer server) {
        return ContainerSpec.of(kind)
                .without("tidings.jwt.key")
                .set("tidings.jwt.algorithm", "RS256")
                .set("tidings.jwt.jwks-url", server.uri().toString());
    }

    private static Answer publish(Container container) {
        return Publisher.to(container, TOKEN).post(Publisher.FORM, "topic=/jwks&msg=x");
    }

    private static KeyPair key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
