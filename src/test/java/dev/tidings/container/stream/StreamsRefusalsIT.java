package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertPage;
import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no stream, and in which form that is said. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class StreamsRefusalsIT {

    private static final String AUTHORIZATION =
            "Authorization: " + Tokens.operator().bearer();

    private final Container hub;

    StreamsRefusalsIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml",
                "text/event-stream;q=0",
                "text/event-stream; q=0.0, */*",
                "text/*;q=0, */*",
                "*/*;q=0",
                "*;q=0"
            })
    void acceptThatExcludesStreamsIsRefused(String accept) {
        Answer answer = Requests.get(hub, Streams.events(Fresh.topic()), AUTHORIZATION, "Accept: " + accept);
        assertThat(answer.status()).isEqualTo(406);
    }

    @Test
    void refusalForItsAcceptIsAProblem() {
        assertProblem(
                Requests.get(hub, Streams.events(Fresh.topic()), AUTHORIZATION, "Accept: application/xml"),
                406,
                "text/event-stream",
                "Accept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "*",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "text/*",
                "TEXT/Event-Stream",
                "text/event-stream; charset=utf-8",
                "text/html, */*;q=0.1",
                "text/html;q=0, text/event-stream;q=0.001",
                "*/*;q=0, text/event-stream",
                ""
            })
    void acceptThatIncludesStreamsIsFine(String accept) {
        assertThat(statusOf("GET", "Accept: " + accept)).isEqualTo(200);
    }

    @Test
    void absentAcceptIsFine() {
        assertThat(statusOf("GET", "X-Accept: none")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodIsRefusedWithThoseThatAreAllowed(String method) {
        Answer answer = Requests.send(method, hub, Streams.events(Fresh.topic()), AUTHORIZATION);
        assertProblem(answer, 405);
        assertThat(Arrays.stream(answer.header("Allow").split(",")).map(String::strip))
                .contains("GET", "HEAD")
                .doesNotContain("POST", "PUT", "DELETE", "PATCH", "TRACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void refusalOfAnyMethodIsAProblemWhereThereIsNothingToo(String method) {
        Answer answer = Requests.send(method, hub, "/nope", AUTHORIZATION);
        assertThat(answer.status()).isIn(404, 405);
        assertProblem(answer, answer.status());
    }

    @Test
    void traceGivesNoTokenBack() {
        Answer answer = Requests.send("TRACE", hub, Streams.events(Fresh.topic()), AUTHORIZATION);
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain(AUTHORIZATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?topic=%", "/events?topic=%zz", "/events?topic=/a%4", "/events?x=%q1&topic=/a"})
    void malformedEscapeInTheQueryIsRefused(String target) {
        assertProblem(get(target), 400, "%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/events?topic=%ff", "/events?topic=/a%C3", "/events?topic=%ED%A0%80", "/events?topic=%C0%AF"})
    void queryThatIsNotUtf8IsRefused(String target) {
        assertProblem(get(target), 400, "UTF-8");
    }

    @Test
    void refusalNamesItsField() {
        assertThat(get("/events?topic=").json().path("field").asText()).isEqualTo("topic");
    }

    @Test
    void refusalIsKeptByNoCacheAndTakenForNothingElse() {
        Answer answer = get("/events?topic=");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void browserThatAskedForAPageGetsAPage() {
        String accept = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        Answer answer = assertPage(Requests.get(hub, "/events", accept), 401, "401", "token");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void eventSourceThatIsRefusedGetsAProblem() {
        assertProblem(Requests.get(hub, "/events", "Accept: text/event-stream"), 401, "token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/events/", "/events/x", "/msg/", "/error", "/WEB-INF/web.xml", "/META-INF/"})
    void unknownPathIsAProblem(String target) {
        assertProblem(get(target), 404);
    }

    @Test
    void unknownPathIsAPageForABrowser() {
        assertPage(Requests.get(hub, "/nope", "Accept: text/html"), 404, "404");
    }

    @Test
    void textOfTheRequestIsNoMarkupInAPage() {
        Answer answer = Requests.get(hub, "/events?%3Cb%3E=%zz", "Accept: text/html, */*;q=0.1", AUTHORIZATION);
        assertThat(assertPage(answer, 400, "&lt;b&gt;").body()).doesNotContain("<b>");
    }

    @Test
    void refusalLeavesTheConnectionFreeForTheNextRequest() {
        try (RawClient client = hub.connect()) {
            String rest = " HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION + "\r\n\r\n";
            ResponseHead refused = client.send(
                            "GET /events?topic=/a" + rest.replace("\r\n\r\n", "\r\nAccept: text/html\r\n\r\n"))
                    .head();
            client.text(refused);
            ResponseHead next = client.send("GET /health" + rest).head();
            assertThat(next.status()).isEqualTo(200);
        }
    }

    private Answer get(String target) {
        return Requests.get(hub, target, AUTHORIZATION);
    }

    private int statusOf(String method, String header) {
        return Requests.send(method, hub, Streams.events(Fresh.topic()), AUTHORIZATION, header)
                .status();
    }
}
