package dev.tidings.container.access;

import static dev.tidings.container.Requests.assertPage;
import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Demo mode gives tokens away, and so serves its own machine alone, whatever name leads there. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_10, ContainerKind.JETTY},
        demo = true,
        settings = "tidings.retry=200ms")
class DemoStrangersIT {

    private final Container hub;

    DemoStrangersIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /login",
        "POST, /login",
        "POST, /logout",
        "GET, /console",
        "GET, /token",
        "GET, /events?topic=/feeds/clock",
        "HEAD, /events?topic=/feeds/clock",
        "GET, /.well-known/mercure?topic=/feeds/clock",
        "POST, /.well-known/mercure",
        "GET, /.well-known/mercure/subscriptions",
        "GET, /ws?topic=/feeds/clock",
        "GET, /msg?msg=x",
        "POST, /msg",
        "GET, /clients",
        "GET, /say",
        "GET, /feeds",
        "GET, /feeds/clock",
        "POST, /feeds/answer/cancel",
        "GET, /assets/home.js",
        "GET, /health",
        "GET, /nothing",
    })
    void requestForAnotherHostIsRefusedAtEveryDoor(String method, String target) {
        Answer answer = Site.send(hub, method, target, "Host: rebound.example:8080");
        assertThat(answer.status()).isEqualTo(403);
        if (!method.equals("HEAD")) {
            assertProblem(answer, 403, "demo mode", "rebound.example", "tidings.demo=public");
        }
    }

    @Test
    void browserIsToldSoOnAPage() {
        Answer answer = Site.send(hub, "GET", "/", "Host: rebound.example", "Accept: text/html");
        assertPage(answer, 403, "demo mode", "tidings.demo=public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "localhost.",
                "app.localhost:80",
                "127.0.0.1:8080",
                "127.9.8.7",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]"
            })
    void everyNameOfThisMachineAloneIsServed(String host) {
        assertThat(Site.send(hub, "GET", "/health", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "localhost.example",
                "notlocalhost",
                "localhost.example:8080",
                "127.0.0.1.example",
                "0.0.0.0",
                "10.0.0.1:8080",
                "128.0.0.1",
                "[::2]:8080",
                "2130706433"
            })
    void noOtherNameIs(String host) {
        assertThat(Site.send(hub, "GET", "/health", "Host: " + host).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-For: 127.0.0.1, 203.0.113.9",
                "X-Forwarded-For: 203.0.113.9, 127.0.0.1",
                "X-Forwarded-For: unknown",
                "X-Forwarded-Host: hub.example.com",
                "Forwarded: for=203.0.113.9",
                "Forwarded: for=unknown",
                "Forwarded: host=hub.example.com",
                "Forwarded: nonsense"
            })
    void whoComesThroughAProxyIsRefused(String header) {
        assertThat(Site.send(hub, "GET", "/events?topic=/a", "Host: localhost", header)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: localhost:5173", "Forwarded: for=127.0.0.1"})
    void butNotThisMachineItself(String header) {
        assertThat(Site.send(hub, "GET", "/health", "Host: localhost", header).status())
                .isEqualTo(200);
    }

    @Test
    void pageFromAFileMayRead() {
        Answer answer = Site.send(hub, "GET", "/health", "Host: localhost", "Origin: null");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Credentials");
    }
}
