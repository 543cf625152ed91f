package dev.tidings.container.access;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Revoking;
import dev.tidings.container.Site;
import dev.tidings.container.SiteHub;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ticket stands for a token in the address of a stream, once. */
@OfTheDoors
@SiteHub
class TicketsIT {

    private static final Duration SOON = Duration.ofSeconds(4);

    private final String user = Fresh.user();
    private final Tokens token = Tokens.user(user);
    private final String topic = Fresh.topic();
    private final Container hub;

    TicketsIT(Container hub) {
        this.hub = hub;
    }

    private String ticket() {
        return Revoking.ticket(hub, token, "");
    }

    private String own() {
        return "Authorization: " + token.bearer();
    }

    /** As an EventSource opens it: no header of its own, and no cookie. */
    private StreamRecorder open(String target) {
        return Streams.open(hub.stream(target));
    }

    @Test
    void ticketOpensAStreamOfItsUserOnce() {
        Scrape before = Scrape.of(hub.uri());
        String ticket = ticket();
        try (StreamRecorder stream = open("/events?ticket=" + ticket)) {
            assertThat(Clients.only(hub, user).path("user").textValue()).isEqualTo(user);
            Publisher.to(hub).post(Publisher.FORM, "msg=x&to=" + user);
            assertThat(stream.next().data()).isEqualTo("x");
            assertProblem(Site.send(hub, "GET", "/events?ticket=" + ticket), 401, "used already");
        }
        Eventually.passes(() -> {
            Scrape after = Scrape.of(hub.uri());
            assertThat(after.sum("tidings_tickets_issued_total"))
                    .isGreaterThan(before.sum("tidings_tickets_issued_total"));
            assertThat(after.sum("tidings_tickets_used_total")).isGreaterThan(before.sum("tidings_tickets_used_total"));
        });
        assertThat(hub.logText()).doesNotContain(ticket);
    }

    @Test
    void ticketOpensAWebSocketOfAnotherSitesPage() {
        Map<String, String> page = Map.of("Origin", "https://app.example.com");
        String ticket = ticket();
        try (SocketClient socket = SocketClient.open(hub, "/ws?topic=" + topic + "&ticket=" + ticket, page)) {
            socket.next("welcome");
            Publisher.to(hub).publish(topic, "x");
            assertThat(socket.next("event").path("data").textValue()).isEqualTo("x");
        }
        assertThat(SocketClient.status(hub, "/ws?topic=/a&ticket=" + ticket, page))
                .isEqualTo(401);
    }

    @Test
    void ticketOpensAStreamOfMercure() {
        String target = "/.well-known/mercure?topic=" + topic + "&ticket=" + ticket();
        try (StreamRecorder stream = hub.stream(target).open()) {
            assertThat(stream.status()).isEqualTo(200);
            Publisher.to(hub).publish(topic, "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void pageOfAListedOriginGetsOne() {
        String page = "Origin: https://app.example.com";
        Answer preflight = Site.send(
                hub,
                "OPTIONS",
                "/tickets",
                page,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("authorization");
        Answer given = Site.send(hub, "POST", "/tickets", page, own());
        assertThat(given.status()).isEqualTo(201);
        assertThat(given.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(given.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Instant.parse(given.json().path("expires").textValue()))
                .isBetween(Instant.now().plusSeconds(20), Instant.now().plusSeconds(31));
        String by = "/events?ticket=" + given.json().path("ticket").textValue();
        assertThat(Site.send(hub, "GET", by, page).header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.com");
    }

    @Test
    void cookieGetsOneFromPagesOfTheHubAlone() {
        assertThat(Site.send(hub, "POST", "/tickets", Site.cookie(token), Site.OWN)
                        .status())
                .isEqualTo(201);
        assertProblem(Site.send(hub, "POST", "/tickets", Site.cookie(token), "Origin: https://app.example.com"), 403);
        assertProblem(Site.send(hub, "POST", "/tickets"), 401);
    }

    @Test
    void ticketForTopicsMayAskForNoOthers() {
        String narrow = "topic=" + topic + "&topic=" + Streams.encode("/r/{id}");
        open(Streams.events(topic, "/r/7") + "&ticket=" + Revoking.ticket(hub, token, narrow))
                .close();
        for (String other : List.of(Streams.events("/r/7/8"), "/.well-known/mercure?topic=/y")) {
            assertProblem(
                    Site.send(hub, "GET", other + "&ticket=" + Revoking.ticket(hub, token, narrow)),
                    403,
                    "not for \"/");
        }
        // Without a topic it is the inbox.
        assertProblem(
                Site.send(hub, "GET", "/events?ticket=" + Revoking.ticket(hub, token, narrow)),
                403,
                "\"/users/" + user + "\"");
        String inbox = "topic=/users/" + user + "&topic=/all";
        open("/events?ticket=" + Revoking.ticket(hub, token, inbox)).close();
    }

    @Test
    void webSocketOfANarrowTicketStaysNarrow() {
        String ticket = Revoking.ticket(hub, token, "topic=" + topic);
        try (SocketClient socket = SocketClient.open(hub, "/ws?topic=" + topic + "&ticket=" + ticket, Map.of())) {
            socket.next("welcome");
            socket.send("{\"type\":\"subscribe\",\"topics\":[\"/other\"],\"ref\":1}");
            JsonNode refused = socket.next("error");
            assertThat(refused.path("detail").textValue()).contains("\"/other\"");
            socket.send("{\"type\":\"auth\",\"token\":\"" + token.jwt() + "\"}");
            socket.next("renewed");
            socket.send("{\"type\":\"subscribe\",\"topics\":[\"/other\"],\"ref\":2}");
            socket.next("subscribed");
        }
    }

    @Test
    void streamEndsWithTheTokenThatTheTicketStoodFor() {
        Tokens named = token.claim("jti", user);
        try (StreamRecorder stream = open(Streams.events(topic) + "&ticket=" + Revoking.ticket(hub, named, ""))) {
            String unused = Revoking.ticket(hub, named, "");
            Revoking.revoke(hub, "jti=" + user);
            assertThat(stream.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
            assertProblem(Site.send(hub, "GET", "/events?ticket=" + unused), 401, "revoked");
        }
    }

    @Test
    void headerComesFirstAndTheTicketThenStaysUnused() {
        String ticket = ticket();
        Tokens other = Tokens.user(user + "x");
        try (StreamRecorder stream = Streams.open(
                hub.stream(Streams.events(topic) + "&ticket=" + ticket).with(other))) {
            assertThat(Clients.of(hub, user)).isEmpty();
            assertThat(Clients.of(hub, user + "x")).hasSize(1);
            stream.assertExhausted();
        }
        String both = "/events?token=garbage&ticket=" + ticket;
        open(both).close();
        assertProblem(Site.send(hub, "GET", both), 401, "used already");
        assertProblem(Site.send(hub, "GET", "/events?ticket=a&ticket=b"), 400, "more than once");
        assertThat(Site.send(hub, "GET", "/events?ticket=", own()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /clients", "GET /msg", "GET /token", "POST /tickets", "POST /.well-known/mercure"})
    void ticketOpensStreamsAndNothingElse(String request) {
        String ticket = ticket();
        String[] parts = request.split(" ", -1);
        assertProblem(Site.send(hub, parts[0], parts[1] + "?ticket=" + ticket), 401, "a ticket opens a stream");
        assertThat(Site.send(hub, "HEAD", "/events?ticket=" + ticket).status()).isEqualTo(401);
        open("/events?ticket=" + ticket).close();
    }

    @Test
    void ticketThatNobodyGaveIsRefused() {
        assertProblem(Site.send(hub, "GET", "/events?ticket=x"), 401, "not a ticket");
        assertProblem(Site.send(hub, "GET", "/events?ticket=" + "y".repeat(32)), 401, "ticket");
        assertProblem(Site.send(hub, "GET", "/events?ticket=%zz" + ticket()), 400);
    }

    @Test
    void wrongRequestForOneIsRefused() {
        assertProblem(Site.post(hub, "/tickets", "to=a", own()), 400, "to");
        assertProblem(Site.post(hub, "/tickets", "topic=", own()), 400, "topic");
        assertProblem(Site.post(hub, "/tickets", "topic=/a&".repeat(101), own()), 400, "100 topics");
        assertProblem(Site.postJson(hub, "/tickets", "{\"topic\":[]}", own()), 400, "topic", "an empty list");
        assertProblem(Site.send(hub, "POST", "/tickets?topic=/a", own()), 400, "topic", "body");
        assertProblem(Site.send(hub, "GET", "/tickets", own()), 405, "POST");
    }

    @Test
    void userHasAHundredThatWait() {
        for (int i = 0; i < 100; i++) {
            ticket();
        }
        Answer refused = assertProblem(Site.send(hub, "POST", "/tickets", own()), 429, "100 tickets");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(Revoking.ticket(hub, Tokens.user(user + "x"), "")).isNotEmpty();
    }
}
