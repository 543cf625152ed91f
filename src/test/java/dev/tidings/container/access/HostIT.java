package dev.tidings.container.access;

import static dev.tidings.container.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host the hub takes itself for, behind a proxy that is believed. */
@ConfiguredHub
class HostIT {

    private final Container hub;

    HostIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto: https | https://hub.example.com",
                "X-Forwarded-Host: www.example.com | http://www.example.com",
                "X-Forwarded-Host: [2001:db8::1]:8443 | http://[2001:db8::1]:8443",
                "Forwarded: host=www.example.com;proto=https | https://www.example.com"
            })
    void hostThatAProxySawIsShown(String header, String site) {
        assertThat(discovered(header)).isEqualTo(site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example/x",
                "X-Forwarded-Host: evil.example>; rel=\"stylesheet\"",
                "X-Forwarded-Host: user@evil.example",
                "X-Forwarded-Host: evil.example:port",
                "X-Forwarded-Host: evil example",
                "X-Forwarded-Host: $(evil)",
                "Forwarded: host=\"evil.example/x\"",
                "Forwarded: host=\"<evil>\"",
                "X-Forwarded-Host: evil.example, evil/",
                "X-Forwarded-For: 192.0.2.1; X-Forwarded-Host: evil",
                "Forwarded: for=192.0.2.1;host=evil.example\r\nX-Forwarded-For: 192.0.2.2\r\nX-Forwarded-Host: evil.example",
            })
    void whatIsNoHostIsNotShown(String header) {
        assertThat(discovered(header)).isEqualTo("http://hub.example.com");
        Answer page = Site.send(hub, "GET", "/", header.split("\r\n"));
        assertThat(page.body()).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hub.example.com/x", "a b", "user@hub.example.com", "<x>", "hub.example.com:x", "$(x)", "a;b"})
    void requestForWhatIsNoHostIsRefused(String host) {
        Answer answer = Site.send(hub, "GET", "/", "Host: " + host);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).doesNotContainKey("Link");
        if (answer.headers().containsKey("Vary")) {
            assertThat(assertRefused(answer, 400, "Host")).doesNotContain(host);
        }
    }

    /** What stands in {@code Host} is what a browser's word for a page is compared with, whoever forwards another. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Origin: http://evil.example, X-Forwarded-Host: evil.example | 403",
                "Origin: https://evil.example, Forwarded: host=evil.example;proto=https | 403",
                "Origin: http://hub.example.com, X-Forwarded-Host: evil.example | 303",
                "Origin: https://hub.example.com, X-Forwarded-Proto: https | 303",
                "Origin: http://hub.example.com, X-Forwarded-Proto: https | 403",
            })
    void pageOfTheForwardedHostIsNotOurs(String headers, int status) {
        assertThat(Site.send(hub, "POST", "/logout", headers.replace(", ", "|")).status())
                .isEqualTo(status);
    }

    private String discovered(String header) {
        String link = Site.send(hub, "GET", "/", header.split("\r\n")).header("Link");
        assertThat(link).startsWith("<").endsWith("/.well-known/mercure>; rel=\"mercure\"");
        return link.substring(1, link.indexOf(hub.spec().contextPath() + "/.well-known"));
    }
}
