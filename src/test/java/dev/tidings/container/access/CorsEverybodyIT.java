package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub whose answers everybody's pages may read: with a token they have, and never with a visitor's cookie. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11, settings = "tidings.cors.origins=*,https://app.example.com")
class CorsEverybodyIT {

    private final Container hub;

    CorsEverybodyIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example", "null", "file://", "http://hub.example.com", "nonsense"})
    void everybodyMayReadWithoutCredentials(String origin) {
        Answer answer = Site.send(hub, "GET", "/events", "Origin: " + origin, Site.cookie(Tokens.user("alice")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Credentials");
        assertThat(answer.headers().get("Vary")).contains("Origin");
    }

    @Test
    void whoIsListedBesideThatMayWithCredentials() {
        Answer answer = Site.send(hub, "GET", "/events", "Origin: https://app.example.com");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    }

    @Test
    void everybodyMayAskBeforehand() {
        Answer answer = Site.send(
                hub, "OPTIONS", "/msg", "Origin: https://evil.example", "Access-Control-Request-Method: POST");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Credentials");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("authorization");
    }

    @Test
    void nobodyMayPublishWithTheCookieForThat() {
        try (Watch watch = Watch.over(hub)) {
            for (String origin : new String[] {"https://evil.example", "https://app.example.com", "null"}) {
                Answer answer =
                        Site.post(hub, "/msg", "topic=/a&msg=x", "Origin: " + origin, Site.cookie(Tokens.operator()));
                assertThat(answer.status()).isEqualTo(403);
            }
            watch.assertNothing();
        }
    }
}
