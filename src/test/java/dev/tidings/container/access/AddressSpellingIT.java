package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.UriRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However the path of a servlet is written, a request that reaches it has passed what stands before it, or is refused.
 *
 * <p>Containers undo escapes, parameters and dots each in their own way, and some choose the servlet by the outcome and
 * the filters by what came.
 */
@ParameterizedClass
@MethodSource("specs")
class AddressSpellingIT {

    /** A request by its plainest spelling, without a token. */
    record Door(String method, String path, String query) {

        Door {
            assertThat(query).matches("|\\?.+");
        }

        @Override
        public String toString() {
            return method + " " + path + query;
        }
    }

    private static final String EVERYTHING = "?topic=*&lastEventID=earliest";

    private static final List<Door> DOORS = List.of(
            new Door("GET", "/events", EVERYTHING),
            new Door("HEAD", "/events", EVERYTHING),
            new Door("FOO", "/events", EVERYTHING),
            new Door("GET", "/ws", EVERYTHING),
            new Door("GET", "/.well-known/mercure", EVERYTHING),
            new Door("POST", "/.well-known/mercure", ""),
            new Door("GET", "/.well-known/mercure/subscriptions", ""),
            new Door("GET", "/.well-known/mercure/subscriptions/x", ""),
            new Door("POST", "/msg", "?topic=/spelling"),
            new Door("GET", "/msg", "?topic=/spelling&msg=x"),
            new Door("GET", "/clients", ""),
            new Door("GET", "/clients/x", ""),
            new Door("DELETE", "/clients/x", ""),
            new Door("GET", "/hub/nodes", ""),
            new Door("GET", "/hub/nodes/x", ""),
            new Door("POST", "/hub/drain", ""),
            new Door("GET", "/hub/topics", ""),
            new Door("GET", "/hub/explain", "?user=alice&id=unknown"),
            new Door("DELETE", "/hub/events", "?id=unknown"),
            new Door("GET", "/hub/revocations", ""),
            new Door("POST", "/tickets", ""),
            new Door("GET", "/token", ""),
            new Door("POST", "/login", ""),
            new Door("POST", "/logout", ""),
            new Door("GET", "/login", ""),
            new Door("GET", "/console", ""),
            new Door("GET", "/health", ""),
            new Door("GET", "/health/ready", ""),
            new Door("POST", "/health", ""),
            new Door("GET", "/feeds", ""),
            new Door("GET", "/feeds/clock", ""),
            new Door("GET", "/assets/home.js", ""),
            new Door("OPTIONS", "/msg", ""),
            new Door("TRACE", "/msg", ""),
            new Door("GET", "/error", ""),
            new Door("GET", "/say", ""));

    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final SoftAssertions softly = new SoftAssertions();

    /** Which serves on: so many connections would take longer than what is asked over them. */
    private @Nullable RawClient client;

    private final Container container;

    AddressSpellingIT(ContainerSpec spec) {
        this.container = spec.shared();
    }

    /** Both Tomcats do it alike: in every build one has them as it comes, and the other as the guide recommends. */
    static List<ContainerSpec> specs() {
        var specs = new ArrayList<ContainerSpec>(List.of(
                ContainerSpec.of(ContainerKind.TOMCAT_10),
                ContainerSpec.of(ContainerKind.TOMCAT_11).uris(UriRules.RELAXED),
                ContainerSpec.of(ContainerKind.JETTY).uris(UriRules.STRICT),
                ContainerSpec.of(ContainerKind.JETTY).uris(UriRules.CONNECTOR_ONLY),
                ContainerSpec.of(ContainerKind.JETTY).under("/tidings")));
        specs.addAll(Rounds.of(
                List.of(),
                List.of(
                        ContainerSpec.of(ContainerKind.TOMCAT_10).uris(UriRules.RELAXED),
                        ContainerSpec.of(ContainerKind.TOMCAT_11),
                        ContainerSpec.of(ContainerKind.JETTY))));
        return specs;
    }

    @AfterEach
    void leave() {
        if (client != null) {
            client.close();
        }
    }

    static List<Door> doors() {
        return DOORS;
    }

    @ParameterizedTest
    @MethodSource("doors")
    void everySpellingIsAnsweredAsThePlainOneOrRefused(Door door) {
        Publisher.to(container).publish("/spelling", "secret of this test");
        try (Watch watch = Watch.over(container)) {
            int plain = ask(door, door.path()).status();
            assertThat(plain).isLessThan(500);
            for (String spelling : spellings(door.path())) {
                if (isBesideTheContext(spelling)) {
                    continue;
                }
                assertLikePlain(door, spelling, plain, ask(door, spelling));
            }
            watch.assertNothing();
            softly.assertAll();
        }
    }

    /** Whether the path, behind that of the context, is one of another context. */
    private boolean isBesideTheContext(String path) {
        return !container.spec().contextPath().isEmpty() && (!path.startsWith("/") || path.startsWith("/.."));
    }

    /** At 400 a request may not have come to the hub. */
    private void assertLikePlain(Door door, String spelling, int plain, Answer answer) {
        String what = door + " as " + spelling + ": " + answer;
        softly.assertThat(answer.status()).as(what).isIn(plain, 302, 400, 401, 404);
        softly.assertThat(answer.body()).as(what).doesNotContain("secret of this test");
        if (answer.status() > 400) {
            softly.assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
            softly.assertThat(answer.headers().get("Vary")).as(what).contains("Origin");
        } else if (answer.status() == 302) {
            softly.assertThat(answer.header("Location")).as(what).matches("/\\w*/?|/\\w+/\\w+");
        }
    }

    private Answer ask(Door door, String path) {
        String form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n";
        String headers = door.path().equals("/ws") ? UPGRADE : door.method().equals("POST") ? form : "";
        String head = door.method() + " " + container.uri().getPath() + path + door.query()
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n" + headers + "\r\n";
        RawClient connection = client == null ? container.connect() : client;
        client = connection;
        ResponseHead answer = connection.send(head).head();
        boolean empty = door.method().equals("HEAD") || answer.status() == 204;
        boolean endless =
                answer.status() == 101 || answer.header("Content-Type").startsWith("text/event-stream");
        String body = empty || endless ? "" : connection.text(answer);
        // What a container has refused by itself may be the last that it reads.
        boolean over = answer.status() == 400 || answer.header("Connection").equalsIgnoreCase("close");
        if (over || endless && !empty) {
            connection.close();
            client = null;
        }
        return new Answer(answer.status(), answer.headers(), body);
    }

    /** The same path in every way that one container or another takes for it. */
    private static Set<String> spellings(String path) {
        var spellings = new LinkedHashSet<String>();
        for (String slash : List.of(
                "%2F",
                "%2f",
                "%5C",
                "%5c",
                "%252f",
                "//",
                "/./",
                "/x/../",
                "/%2e/",
                "/x/%2e%2e/",
                "/x/..%2f",
                "/;/",
                "/;x=y/",
                ";x/",
                "/..;/",
                "%2f/",
                "/%2f",
                "%c0%af",
                "\\")) {
            int last = path.lastIndexOf('/');
            spellings.add(path.substring(0, last) + slash + path.substring(last + 1));
            spellings.add("/" + path.substring(1).replace("/", slash));
            spellings.add(slash + path.substring(1));
        }
        for (String end : List.of(
                "/",
                "//",
                "%2F",
                "%2f",
                "/%2f",
                "%2f%2f",
                "/.",
                "/%2e",
                "/;",
                ";",
                ";x",
                ";x=y",
                ";x=y/",
                ";/",
                "%3B",
                "%3bx",
                "%00",
                "%20",
                "%09",
                "%3F",
                "%23",
                ".",
                "%2e",
                "*",
                "/*",
                "~",
                ".jsp",
                ";.jsp",
                "/x.jsp",
                ";jsessionid=1",
                "%0d%0a",
                "%ff",
                "%")) {
            spellings.add(path + end);
        }
        for (String start : List.of(
                "/.",
                "/%2e",
                "/;",
                "/;x=y",
                "/..",
                "/%2e%2e",
                "/x/..",
                "/x/%2e%2e",
                "/x;/..",
                "/assets/..",
                "/assets/%2e%2e",
                "/assets/..%2f.",
                "/",
                "/WEB-INF/..",
                "/health/..",
                "/token%2f..",
                "/token/..%2f.",
                "/error/..")) {
            spellings.add(start + path);
        }
        spellings.add(path.toUpperCase(Locale.ROOT));
        spellings.addAll(escapedLetters(path));
        return spellings;
    }

    private static List<String> escapedLetters(String path) {
        var escaped = new ArrayList<String>();
        var all = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            String escape = String.format("%%%02x", (int) letter);
            all.append(letter == '/' ? "/" : escape);
            if (letter != '/') {
                escaped.add(path.substring(0, i) + escape + path.substring(i + 1));
            }
        }
        escaped.add(all.toString());
        escaped.add(all.toString().toUpperCase(Locale.ROOT));
        escaped.add(all.toString().replace("/", "%2f"));
        escaped.add(all.toString().replace("%", "%25"));
        return escaped;
    }
}
