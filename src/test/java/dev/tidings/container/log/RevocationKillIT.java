package dev.tidings.container.log;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Revoking;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Tokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a log in a file that is killed when a revocation was answered. */
class RevocationKillIT {

    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @Test
    void everyAnsweredRevocationCountsAfterAKill() {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY).set("tidings.log", "file:" + folder.resolve("log"));
        for (int round = 0; round < ROUNDS; round++) {
            try (Container hub = spec.start()) {
                for (int before = 0; before < round; before++) {
                    assertProblem(token(hub, before), 401, "revoked");
                }
                assertThat(token(hub, round).status()).isEqualTo(200);
                Revoking.revoke(hub, "user=user-" + round);
                hub.kill();
            }
        }
        try (Container hub = spec.start()) {
            assertThat(Revoking.ask(hub, "GET", "").json()).hasSize(ROUNDS);
            for (int round = 0; round < ROUNDS; round++) {
                assertProblem(token(hub, round), 401, "revoked");
            }
        }
    }

    private static Answer token(Container hub, int round) {
        return Site.send(
                hub,
                "GET",
                "/token",
                "Authorization: " + Tokens.user("user-" + round).bearer());
    }
}
