package dev.tidings.container.server;

import static dev.tidings.container.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Raw;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, methods and headers that were made to do harm get a refusal and nothing else. */
@EveryContainer
class HostileInputIT {

    private static final Tokens OPERATOR = Tokens.operator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/msg",
                "/msg/",
                "//msg",
                "/./msg",
                "/x/../msg",
                "/assets/../msg",
                "/%6dsg",
                "/%6Dsg",
                "/msg%2f",
                "/%2fmsg",
                "/msg%00",
                "/msg;a=b",
                "/;a=b/msg",
                "/msg;/../msg",
                "/MSG",
                "/msg%3Ftopic=/x",
            })
    void noSpellingOfAnAddressGetsByWithoutAToken(String address, Container container) {
        try (Watch watch = Watch.over(container)) {
            String post = Raw.head(
                    container, "POST", address + "?topic=/x", "Content-Type: text/plain\r\nContent-Length: 1\r\n");
            assertThat(Raw.send(container, post + "x").status()).isBetween(400, 405);
            Answer stream = Raw.ask(container, "GET", address.replace("msg", "events") + "?topic=/x", "");
            assertThat(stream.status()).isBetween(400, 405);
            watch.assertNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/web-inf/web.xml",
                "/WEB-INF./web.xml",
                "/WEB-INF;a=b/web.xml",
                "/%57EB-INF/web.xml",
                "/WEB-INF%2fweb.xml",
                "/META-INF/MANIFEST.MF",
                "/assets/../WEB-INF/web.xml",
                "/assets/%2e%2e/WEB-INF/web.xml",
                "/assets/..%2fWEB-INF/web.xml",
                "/assets/..%5cWEB-INF/web.xml",
                "/assets/..;/WEB-INF/web.xml",
                "/..%2f..%2f..%2f..%2fetc/passwd",
                "/../../../../etc/passwd",
                "/assets/home.js%00.html",
                "/assets/",
                "/assets/..",
            })
    void noPathLeadsOutOfThePages(String path, Container container) {
        Answer answer = Raw.ask(container, "GET", path, "");
        // What is left of the last one is the home page, or the way to it.
        assertThat(answer.status()).isIn(path.endsWith("..") ? List.of(200, 302) : List.of(400, 403, 404));
        assertThat(answer.body())
                .doesNotContain("<web-app")
                .doesNotContain("root:")
                .doesNotContain("Manifest-Version")
                .doesNotContain("tidings.css\">tidings.css");
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "GARBAGE", "TRACE", "CONNECT", "PROPFIND", "PATCH", "G@RB{}", "\u0016\u0003\u0001"})
    void otherMethodsAreRefused(String method, Container container) {
        try (Watch watch = Watch.over(container)) {
            Answer answer = Raw.ask(
                    container,
                    method,
                    "/msg?topic=/x&msg=x",
                    Raw.authorized(OPERATOR) + "Connection: close\r\nContent-Length: 0\r\n");
            assertThat(answer.status()).isIn(400, 403, 405, 501);
            watch.assertNothing();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /nothing, 404",
        "PUT, /nothing, 404",
        "PATCH, /nothing, 404",
        "POST, /nothing, 404",
        "OPTIONS, /nothing, 404",
        "FOO, /nothing, 404",
        "GET, /nothing, 404",
        "POST, /assets/nothing.js, 404",
        "GET, /assets, 404",
        "GET, /index.html, 404",
        "GET, /nothing.jsp, 404",
        "POST, /health/nothing, 405",
        "DELETE, /, 405",
        "POST, /, 405",
        "PUT, /assets/home.js, 405",
        "DELETE, /assets/home.js, 405",
        "POST, /events, 405",
        "DELETE, /health, 405",
        "FOO, /health, 405",
        "get, /health, 405",
        "TRACE, /health, 405",
        "TRACE, /events, 405",
        "TRACE, /nothing, 40[45]",
    })
    void everyMethodThatReachesTheHubGetsAProblem(String method, String address, String status, Container container) {
        Answer answer = Raw.ask(container, method, address, Raw.authorized(OPERATOR) + "Content-Length: 0\r\n");
        assertThat(Integer.toString(answer.status())).matches(status);
        assertRefused(answer, answer.status(), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /msg?topic=/x&msg=%s", "POST /msg?topic=/x&msg=%s", "GET /events?topic=%s"})
    void hugeQueryIsRefusedAndTheNextRequestServed(String request, Container container) {
        String[] parts = request.formatted("x".repeat(16_384)).split(" ", 2);
        assertTooLong(container, parts[0], parts[1], "Content-Length: 0\r\n");
    }

    @Test
    void hugeHeaderIsRefusedAndTheNextRequestServed(Container container) {
        assertTooLong(container, "GET", "/msg?topic=/x&msg=x", "X: " + "x".repeat(16_384) + "\r\n");
        assertTooLong(container, "GET", "/events?topic=/x", "Last-Event-ID: " + "x".repeat(16_384) + "\r\n");
    }

    @Test
    void queryOfTooManyFieldsIsRefused(Container container) {
        String query = "/events?" + "t&".repeat(2_001);
        assertRefused(Raw.ask(container, "GET", query, Raw.authorized(OPERATOR)), 400, "query");
        String topics = "/events?" + "topic=a&".repeat(101);
        assertRefused(Raw.ask(container, "GET", topics, Raw.authorized(OPERATOR)), 400, "topic");
    }

    @Test
    void lineBreaksInTheLastEventIdBecomeNoHeaderAndNoField(Container container) {
        String query = "/events?topic=/x&lastEventID=a%0D%0ASet-Cookie:%20b%0D%0A%0D%0Adata:%20c%0A%0A";
        try (StreamRecorder stream = container.stream(query).with(OPERATOR).open()) {
            assertThat(stream.head().headers()).doesNotContainKey("Set-Cookie");
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo("earliest");
            Block gap = stream.next();
            assertThat(gap.type()).isEqualTo("gap");
            assertThat(gap.data()).contains("\"requested\":\"a\\r\\nSet-Cookie: b\\r\\n\\r\\ndata: c\\n\\n\"");
        }
    }

    @Test
    void idThatIsNotAsciiStandsInTheHeaderAsUtf8(Container container) {
        String id = "größe 中 \uD83D\uDE00 " + System.nanoTime();
        Publisher.to(container).post(Publisher.FORM, "topic=/x&id=" + Publisher.encode(id));
        try (StreamRecorder byHeader = container.stream("/events?topic=/x")
                        .with(OPERATOR)
                        .after(id)
                        .open();
                StreamRecorder byQuery = container.stream("/events?topic=/x&lastEventID=" + Publisher.encode(id))
                        .with(OPERATOR)
                        .open()) {
            assertThat(byHeader.head().header("Last-Event-ID")).isEqualTo(id);
            assertThat(byQuery.head().header("Last-Event-ID")).isEqualTo(id);
        }
    }

    private static void assertTooLong(Container container, String method, String target, String headers) {
        try (Watch watch = Watch.over(container)) {
            Answer answer = Raw.ask(container, method, target, Raw.authorized(OPERATOR) + headers);
            assertThat(answer.status()).isIn(400, 414, 431);
            watch.assertNothing();
        }
    }
}
