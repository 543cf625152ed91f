package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cookie as an operator may have it. */
class CookieSettingsIT {

    private static final Tokens TOKEN = Tokens.user("alice");

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
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
                    .contains("\"user\"");
            assertThat(Site.send(hub, "GET", "/token", Site.cookie(TOKEN)).body())
                    .isEqualTo("null\n");
        }
    }

    @Test
    void cookieForPagesOfOtherSitesIsSecureWhateverIsSet() {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.cookie-samesite", "None")
                .set("tidings.cookie-secure", "false")
                .under("/tidings");
        try (Container hub = spec.start()) {
            assertThat(setCookie(hub, "/login"))
                    .matches(
                            "mercureAuthorization=[^;]+; Path=/tidings; Max-Age=\\d+; HttpOnly; SameSite=None; Secure");
            Answer bad = Site.send(hub, "GET", "/token", "Cookie: mercureAuthorization=x");
            assertThat(bad.header("Set-Cookie"))
                    .isEqualTo("mercureAuthorization=; Path=/tidings; Max-Age=0; HttpOnly; SameSite=None; Secure");
        }
    }

    @Test
    void cookieIsNotSecureWhereThatIsSetAlthoughAProxyHasHttps() {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.cookie-secure", "false")
                .set("tidings.proxies", "127.0.0.1");
        try (Container hub = spec.start()) {
            assertThat(setCookie(hub, "/login", "X-Forwarded-Proto: https", "Sec-Fetch-Site: same-origin"))
                    .endsWith("; HttpOnly; SameSite=Strict");
        }
    }

    private static String setCookie(Container hub, String door, String... headers) {
        Answer answer = Site.post(hub, door, "token=" + TOKEN.jwt(), Site.OWN, String.join("|", headers));
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().get("Set-Cookie")).hasSize(1);
        return answer.header("Set-Cookie");
    }
}
