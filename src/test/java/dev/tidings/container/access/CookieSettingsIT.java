package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cookie as an operator may have it. */
class CookieSettingsIT {

    private static final Tokens TOKEN = Tokens.user("alice");

    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.JETTY), List.of(ContainerKind.values()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void cookieHasTheNameThatIsSet(ContainerKind kind) {
        ContainerSpec spec = ContainerSpec.of(kind)
                .set("tidings.cookie-name", "__Host-hub")
                .set("tidings.cookie-secure", "true")
                .set("tidings.cookie-samesite", "Lax");
        try (Container hub = spec.start()) {
            assertThat(setCookie(hub, "/login"))
                    .matches("__Host-hub=[^;]+; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax; Secure");
            assertThat(setCookie(hub, "/logout"))
                    .isEqualTo("__Host-hub=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
            assertThat(Site.send(hub, "GET", "/token", "Cookie: __Host-hub=" + TOKEN.jwt())
                            .body())
                    .doesNotContain("detail");
            assertThat(Site.send(hub, "GET", "/token", Site.cookie(TOKEN)).body())
                    .contains("\"detail\":\"No token came with this request.");
        }
    }

    private static String setCookie(Container hub, String door, String... headers) {
        Answer answer = Site.post(hub, door, "token=" + TOKEN.jwt(), Site.OWN, String.join("|", headers));
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().get("Set-Cookie")).hasSize(1);
        return answer.header("Set-Cookie");
    }
}
