package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.http.publish.PublishingHub;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from pages that are ours and from others, at every address that accepts a cookie. */
class OwnPagesTest {

    private static final String NOBODY = "neither an Origin nor a Referer";
    private static final String NO_SITE = "names no site";
    private static final String FOREIGN = "which is not this hub's own";

    /** An address, the request that changes something there, and its answer when the request is let in. */
    private record Door(int letIn, String method, String target, List<String> headers) {

        static Door of(int letIn, String method, String target, String... headers) {
            return new Door(letIn, method, target, List.of(headers));
        }

        String[] with(String more) {
            return Stream.concat(headers.stream(), Arrays.stream(more.split("\\|")))
                    .filter(line -> !line.isEmpty())
                    .toArray(String[]::new);
        }

        /** Logging in and out takes no token in a header. */
        String advice() {
            return target.equals("/door") ? "\"Authorization: Bearer <token>\"" : "\"Origin: http://127.0.0.1:8080\"";
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    private static final List<Door> DOORS = List.of(
            Door.of(400, "POST", "/login", FORM),
            Door.of(303, "POST", "/logout"),
            Door.of(200, "POST", "/door", CookieSite.WITH_COOKIE),
            Door.of(200, "DELETE", "/door", CookieSite.WITH_COOKIE),
            Door.of(200, "PUT", "/door", CookieSite.WITH_COOKIE),
            Door.of(200, "get", "/door", CookieSite.WITH_COOKIE),
            Door.of(
                    200,
                    "GET",
                    "/door",
                    CookieSite.WITH_COOKIE,
                    "Connection: Upgrade",
                    "Upgrade: h2c, WebSocket",
                    "Sec-WebSocket-Version: 13"));

    private static final List<String> OURS = List.of(
            "Origin: http://hub.example.com",
            "Origin: https://hub.example.com",
            "Origin: http://HUB.example.COM",
            "Origin: http://hub.example.com|Host: HUB.EXAMPLE.COM",
            "Origin: http://hub.example.com|Host: hub.example.com:80",
            "Origin: https://hub.example.com|Host: hub.example.com:443",
            "Origin: http://hub.example.com:8080|Host: hub.example.com:8080",
            "Origin: http://127.0.0.1:8080|Host: 127.0.0.1:8080",
            "Origin: http://[::1]:8080|Host: [::1]:8080",
            "Referer: http://hub.example.com",
            "Referer: https://hub.example.com/login?a=http://evil.example",
            "Sec-Fetch-Site: same-origin",
            "Origin: null|Sec-Fetch-Site: same-origin",
            "Origin: " + CookieSite.PUBLISHER,
            "Origin: https://a.example.org|Sec-Fetch-Site: cross-site",
            "Origin: https://a.b.example.org",
            "Referer: https://app.example.net/page");

    private static final List<List<String>> FOREIGNERS = List.of(
            List.of("", NOBODY),
            List.of("Sec-Fetch-Site: none", NOBODY),
            List.of("Sec-Fetch-Site: same-site", NOBODY),
            List.of("Sec-Fetch-Site: cross-site", NOBODY),
            List.of("Sec-Fetch-Site: SAME-ORIGIN", NOBODY),
            List.of("Sec-Fetch-Site: cross-site, same-origin", NOBODY),
            List.of("Origin: null", NO_SITE),
            List.of("Origin: null|Referer: http://hub.example.com/", NO_SITE),
            List.of("Origin: null|Sec-Fetch-Site: cross-site", NO_SITE),
            List.of("Origin: http://evil.example", "comes from a page of http://evil.example, " + FOREIGN),
            List.of("Origin: http://evil.example|Referer: http://hub.example.com/", FOREIGN),
            List.of("Origin: http://evil-hub.example.com", FOREIGN),
            List.of("Origin: http://evilhub.example.com", FOREIGN),
            List.of("Origin: http://hub.example.com.evil.com", FOREIGN),
            List.of("Origin: http://hub.example.comevil.com", FOREIGN),
            List.of("Origin: http://hub-example.com", FOREIGN),
            List.of("Origin: http://example.com", FOREIGN),
            List.of("Origin: http://sub.hub.example.com", FOREIGN),
            List.of("Origin: http://hub.example.com.", FOREIGN),
            List.of("Origin: http://hub.example.com:8080", FOREIGN),
            List.of("Origin: http://hub.example.com:443", FOREIGN),
            List.of("Origin: https://hub.example.com:80", FOREIGN),
            List.of("Origin: http://hub.example.com|Host: hub.example.com:8080", FOREIGN),
            List.of("Origin: https://hub.example.com|Host: hub.example.com:80", FOREIGN),
            List.of("Origin: http://hub.example.com|Host: hub.example.com:443", FOREIGN),
            List.of("Origin: ionic://hub.example.com", FOREIGN),
            List.of("Origin: http://app.example.net", FOREIGN),
            List.of("Origin: https://app.example.net:8443", FOREIGN),
            List.of("Origin: https://example.org", FOREIGN),
            List.of("Origin: https://evil-example.org", FOREIGN),
            List.of("Origin: http://hub.example.com@evil.com", NO_SITE),
            List.of("Origin: http://evil.com@hub.example.com", NO_SITE),
            List.of("Origin: http://user:secret@hub.example.com", NO_SITE),
            List.of("Origin: http://hub.example.com/", NO_SITE),
            List.of("Origin: hub.example.com", NO_SITE),
            List.of("Origin: //hub.example.com", NO_SITE),
            List.of("Origin: file://", NO_SITE),
            List.of("Origin: http://hub.example.com http://evil.com", NO_SITE),
            List.of("Origin: http://hub.example.com, http://evil.com", NO_SITE),
            List.of("Origin: http://hub.example.com|Origin: http://evil.com", "more than one Origin"),
            List.of("Origin: http://hub.example.com|Origin: http://hub.example.com", "more than one Origin"),
            List.of("Referer: http://evil.com/", FOREIGN),
            List.of("Referer: http://evil.com/http://hub.example.com/", FOREIGN),
            List.of("Referer: http://evil.com?http://hub.example.com/", FOREIGN),
            List.of("Referer: http://evil.com#http://hub.example.com/", FOREIGN),
            List.of("Referer: http://hub.example.com.evil.com/", FOREIGN),
            List.of("Referer: http://hub.example.com:8080/", FOREIGN),
            List.of("Referer: http://hub.example.com@evil.com/", NO_SITE),
            List.of("Referer: http://hub.example.com\\@evil.com/", NO_SITE),
            List.of("Referer: /login", NO_SITE),
            List.of("Referer: about:client", NO_SITE));

    private static CookieSite site;

    @BeforeAll
    static void start() {
        site = new CookieSite();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    static Stream<Arguments> ours() {
        return DOORS.stream().flatMap(door -> OURS.stream().map(headers -> Arguments.of(door, headers)));
    }

    static Stream<Arguments> foreigners() {
        return DOORS.stream()
                .flatMap(door -> FOREIGNERS.stream().map(row -> Arguments.of(door, row.get(0), row.get(1))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ours")
    void aPageOfOursMayChangeThings(Door door, String headers) {
        assertThat(site.send(door.method(), door.target(), door.with(headers)).status())
                .isEqualTo(door.letIn());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("foreigners")
    void nobodyElsesPageMay(Door door, String headers, String reason) {
        int before = site.changes();

        CookieSite.Answer answer = site.send(door.method(), door.target(), door.with(headers));

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.head().header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.head().headers("Set-Cookie")).isEmpty();
        assertThat(PublishingHub.json(answer.body()).path("detail").asText())
                .contains(reason)
                .contains(door.advice())
                .doesNotContain("secret");
        assertThat(answer.body()).doesNotContain(CookieSite.TOKEN);
        assertThat(site.changes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void whatChangesNothingMayComeFromAnywhere(String method) {
        assertThat(site.send(method, "/door", CookieSite.WITH_COOKIE, "Origin: http://evil.example")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenThatNoBrowserAddsByItselfMayComeFromAnywhere() {
        String bearer = "Authorization: Bearer " + CookieSite.TOKEN;
        assertThat(site.send("POST", "/door", bearer, CookieSite.WITH_COOKIE, "Origin: http://evil.example")
                        .body())
                .isEqualTo("alice HEADER");
        assertThat(site.send("POST", "/door?token=" + CookieSite.TOKEN, CookieSite.WITH_COOKIE, "Origin: null")
                        .body())
                .isEqualTo("alice QUERY");
    }

    @Test
    void aBadTokenIsRefusedAsSuchWhereverItComesFrom() {
        assertThat(site.send("POST", "/door", "Cookie: mercureAuthorization=nonsense", "Origin: http://evil.example")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "X-Forwarded-Host: www.example.com|Origin: http://www.example.com; 403",
                "X-Forwarded-Host: www.example.com|X-Forwarded-Proto: https|Origin: https://www.example.com; 403",
                "Forwarded: host=\"www.example.com:8443\"|Origin: https://www.example.com:8443; 403",
                "X-Forwarded-Host: www.example.com|Origin: http://hub.example.com; 200",
                "X-Forwarded-Host: www.example.com|Sec-Fetch-Site: same-origin|Origin: https://www.example.com; 200",
                "X-Forwarded-Proto: https|Origin: https://hub.example.com; 200",
                "X-Forwarded-Proto: https|Origin: http://hub.example.com; 403"
            })
    void aTrustedProxysWordForTheHostIsNotTakenAndForTheSchemeIs(String headers, int status) {
        try (CookieSite proxied = new CookieSite("127.0.0.0/8")) {
            Door door = Door.of(200, "POST", "/door", CookieSite.WITH_COOKIE);
            assertThat(proxied.send("POST", "/door", door.with(headers)).status())
                    .isEqualTo(status);
        }
    }

    @Test
    void anybodyElsesWordForTheHostIsNotTaken() {
        Door door = Door.of(200, "POST", "/door", CookieSite.WITH_COOKIE);
        String headers = "X-Forwarded-Host: evil.example|Forwarded: host=evil.example|Origin: http://evil.example";
        assertThat(site.send("POST", "/door", door.with(headers)).status()).isEqualTo(403);
    }
}
