package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.container.SiteHub;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose pages may log in and out, publish and end clients with the cookie: the hub's own and those of configured
 * origins. Whatever is refused has changed nothing.
 */
@SiteHub
class OwnPagesIT {

    private static final String FORWARDED = "X-Forwarded-Host: evil.example|Forwarded: host=evil.example";

    private static final List<String> OURS = List.of(
            "Origin: http://hub.example.com",
            "Origin: https://hub.example.com",
            "Origin: http://hub.example.com|Host: HUB.example.COM",
            "Origin: http://hub.example.com|Host: hub.example.com:80",
            "Origin: http://hub.example.com:8080|Host: hub.example.com:8080",
            "Origin: http://127.0.0.1:8080|Host: 127.0.0.1:8080",
            "Origin: http://[::1]:8080|Host: [::1]:8080",
            "Origin: http://[::1]|Host: [::1]",
            "Referer: http://hub.example.com/console?a=b",
            "Referer: http://[::1]:8080/console|Host: [::1]:8080",
            "Sec-Fetch-Site: same-origin",
            "Origin: null|Sec-Fetch-Site: same-origin",
            "Origin: https://app.example.net|Sec-Fetch-Site: cross-site",
            "Origin: https://a.b.pages.example",
            "Referer: https://app.example.net/page");

    private static final List<String> FOREIGN = List.of(
            "",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Sec-Fetch-Site: none",
            "Sec-Fetch-Site: Same-Origin",
            "Origin: null",
            "Origin: null|Referer: http://hub.example.com/",
            "Origin: http://evil.example",
            "Origin: http://evil.example|Sec-Fetch-Site: cross-site",
            "Origin: http://evil.example|Referer: http://hub.example.com/",
            "Origin: http://evil.example|" + FORWARDED,
            "Origin: https://reader.example",
            "Origin: http://app.example.net",
            "Origin: https://app.example.net:8443",
            "Origin: https://pages.example",
            "Origin: http://evilhub.example.com",
            "Origin: http://sub.hub.example.com",
            "Origin: http://hub.example.com.evil.example",
            "Origin: http://hub.example.com.",
            "Origin: http://hub.example.com:8080",
            "Origin: ftp://hub.example.com",
            "Origin: http://hub.example.com@evil.example",
            "Origin: http://evil.example@hub.example.com",
            "Origin: http://hub.example.com/",
            "Origin: hub.example.com",
            "Origin: http://hub.example.com, http://evil.example",
            "Origin: http://hub.example.com|Origin: http://evil.example",
            "Origin: http://[::1]|Host: [::2]",
            "Origin: http://[::1]:8080|Host: [::1]",
            "Origin: http://127.0.0.1|Host: 127.0.0.1:8080",
            "Referer: http://evil.example/http://hub.example.com/",
            "Referer: http://evil.example?http://hub.example.com/",
            "Referer: http://hub.example.com.evil.example/",
            "Referer: http://hub.example.com@evil.example/",
            "Referer: http://hub.example.com:8080/",
            "Referer: /console");

    private final String user = Fresh.user();
    private final Tokens token = Tokens.grant(user, List.of("*", Clients.ALL), List.of("*"));
    private final String cookie = Site.cookie(token);
    private final Container hub;

    OwnPagesIT(Container hub) {
        this.hub = hub;
    }

    static Stream<String> ours() {
        return OURS.stream();
    }

    static Stream<String> foreign() {
        return FOREIGN.stream();
    }

    static Stream<Arguments> foreignWithEachDoor() {
        return Stream.of("/login", "/logout")
                .flatMap(door -> FOREIGN.stream().map(headers -> Arguments.of(door, headers)));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void pageOfOursLogsInAndOut(String headers) {
        assertThat(Site.post(hub, "/login", "token=" + token.jwt(), headers).status())
                .isEqualTo(303);
        assertThat(Site.post(hub, "/logout", "", headers, cookie).status()).isEqualTo(303);
    }

    @ParameterizedTest
    @MethodSource("foreignWithEachDoor")
    void nobodyElsesLogsInOrOut(String door, String headers) {
        Answer answer = Site.post(hub, door, "token=" + token.jwt(), headers, cookie);
        Requests.assertProblem(answer, 403, "This request", "the header \"Origin\"");
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @ParameterizedTest
    @MethodSource("ours")
    void pageOfOursPublishesWithTheCookie(String headers) {
        assertThat(Site.post(hub, "/msg", "topic=/own&msg=x", headers, cookie).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void nobodyElsesPublishesWithTheCookie(String headers) {
        try (Watch watch = Watch.over(hub)) {
            assertForeign(Site.post(hub, "/msg", "topic=/own&msg=x", headers, cookie));
            watch.assertNothing();
        }
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whoeversPageItIsTheTokenInTheHeaderOrTheQueryPublishes(String headers) {
        String form = "topic=/own&msg=x";
        String header = "Authorization: " + token.bearer();
        assertThat(Site.post(hub, "/msg", form, headers, header, cookie).status())
                .isEqualTo(201);
        assertThat(Site.post(hub, "/msg?token=" + token.jwt(), form, headers).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void pageOfOursEndsAClientWithTheCookie(String headers) {
        try (StreamRecorder stream = Clients.open(hub, user, "/a")) {
            String target = "/clients/" + Clients.idOf(hub, user);
            assertThat(Site.send(hub, "DELETE", target, headers, cookie).status())
                    .isEqualTo(204);
            stream.awaitEnd();
        }
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void nobodyElsesEndsAClientWithTheCookie(String headers) {
        try (StreamRecorder stream = Clients.open(hub, user, "/a")) {
            String id = Clients.idOf(hub, user);
            assertForeign(Site.send(hub, "DELETE", "/clients/" + id, headers, cookie));
            assertThat(Clients.idOf(hub, user)).isEqualTo(id);
            assertThat(Site.send(hub, "DELETE", "/clients/" + id, headers, "Authorization: " + token.bearer())
                            .status())
                    .isEqualTo(204);
            stream.awaitEnd();
        }
    }

    private static Answer assertForeign(Answer answer) {
        Requests.assertProblem(answer, 403, "This request", "Authorization: Bearer");
        return answer;
    }
}
