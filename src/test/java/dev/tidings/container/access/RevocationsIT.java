package dev.tidings.container.access;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.Requests;
import dev.tidings.container.Revoking;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StalledReader;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tokens that are revoked are refused at every door, and streams that were opened with them end. Over 300 lines, since each fact revokes
 * at the same three servers.
 */
@OfTheDoors
@EveryContainer
class RevocationsIT {

    /** A second, as promised, and what this machine may be late. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final int LESS_THAN_THE_WAIT = 30;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    RevocationsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void streamsOfTheUserEndAndThoseOfOthersDoNot() {
        Scrape before = Scrape.of(hub.uri());
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder stream = Clients.open(hub, user, topic);
                SocketClient socket = SocketClient.open(hub, "/ws?topic=/a", Tokens.user(user));
                StreamRecorder other = Clients.open(hub, user + "x", topic)) {
            JsonNode kept = Revoking.revoke(hub, "user=" + user);
            assertThat(kept.path("user").textValue()).isEqualTo(user);
            assertThat(stream.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
            assertThat(socket.awaitClose()).isEqualTo(1008);
            assertThat(Clients.reason(following, user)).isEqualTo("revoked");
            assertThat(Clients.reason(following, user)).isEqualTo("revoked");
            Publisher.to(hub).publish(topic, "x");
            assertThat(other.next().data()).isEqualTo("x");
        }
        Eventually.passes(() -> {
            Scrape after = Scrape.of(hub.uri());
            assertThat(after.growth("tidings_streams_ended_total", before)).containsEntry("revoked", 2L);
            assertThat(after.sum("tidings_revocations")).isPositive();
        });
    }

    @Test
    void answerThatWaitsForAnEventWaitsNoLonger() throws Exception {
        String bearer = "Authorization: " + Tokens.user(user).bearer();
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> Requests.get(hub, "/events?wait=60", bearer, "Accept: application/json"));
        Eventually.holds("it waits", () -> Scrape.of(hub.uri()).sum("tidings_answers_waiting") > 0);
        Revoking.revoke(hub, "user=" + user);
        Answer answer = waiting.get(LESS_THAN_THE_WAIT, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("events")).isEmpty();
    }

    @Test
    void tokenIsRefusedAtEveryDoor() {
        String bearer = "Authorization: " + Tokens.user(user).bearer();
        assertThat(Site.send(hub, "GET", "/events", bearer).status()).isEqualTo(200);
        String ticket = Revoking.ticket(hub, Tokens.user(user), "");
        Revoking.revoke(hub, "user=" + user);
        for (String door : List.of(
                "/events",
                "/.well-known/mercure?topic=/a",
                "/.well-known/mercure/subscriptions",
                "/msg?msg=x",
                "/clients",
                "/token")) {
            assertProblem(Site.send(hub, "GET", door, bearer), 401, "revoked");
        }
        assertProblem(Site.send(hub, "POST", "/tickets", bearer), 401, "revoked");
        assertProblem(Site.send(hub, "GET", "/events?ticket=" + ticket), 401, "revoked");
        assertProblem(Site.send(hub, "GET", "/events?token=" + Tokens.user(user).jwt()), 401, "revoked");
        assertThat(SocketClient.status(
                        hub,
                        "/ws?topic=/a",
                        Map.of("Authorization", Tokens.user(user).bearer())))
                .isEqualTo(401);
        Answer byCookie =
                assertProblem(Site.send(hub, "GET", "/token", Site.cookie(Tokens.user(user))), 401, "revoked");
        assertThat(byCookie.header("Set-Cookie")).contains("Max-Age=0");
        Answer login = Site.post(hub, "/login", "token=" + Tokens.user(user).jwt(), Site.OWN);
        assertThat(login.status()).isEqualTo(401);
        assertThat(login.body()).contains("revoked");
    }

    /** Its head was let in before, and its sender chooses when the rest comes. */
    @Test
    void bodyThatIsUnderWayIsRefusedWhenItHasCome() {
        String body = "topic=" + Streams.encode(topic) + "&msg=late";
        String publisher = Raw.authorized(Tokens.grant(user, List.of(topic), List.of()));
        String framing = "Expect: 100-continue\r\nContent-Type: " + Publisher.FORM + "\r\nContent-Length: "
                + body.length() + "\r\n";
        try (StreamRecorder other = Clients.open(hub, user + "x", topic);
                RawClient sender = hub.connect()) {
            assertThat(sender.send(Raw.head(hub, "POST", "/msg", publisher + framing))
                            .head()
                            .status())
                    .isEqualTo(100);
            Revoking.revoke(hub, "user=" + user);
            ResponseHead refused = sender.send(body).head();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(sender.text(refused)).contains("revoked");
            Publisher.to(hub).publish(topic, "x");
            assertThat(other.next().data()).isEqualTo("x");
        }
    }

    @Test
    void oneTokenIsRevokedByItsNameAndNoOther() {
        Tokens first = Tokens.user(user).claim("jti", user + "-1");
        Tokens second = Tokens.user(user).claim("jti", user + "-2");
        try (StreamRecorder ending = open(first);
                StreamRecorder staying = open(second)) {
            JsonNode kept = Revoking.revoke(hub, "jti=" + user + "-1");
            assertThat(kept.path("jti").textValue()).isEqualTo(user + "-1");
            assertThat(kept.has("user")).isFalse();
            assertThat(kept.has("before")).isFalse();
            ending.awaitEnd(SOON);
            Publisher.to(hub).publish(topic, "x");
            assertThat(staying.next().data()).isEqualTo("x");
        }
    }

    @Test
    void tokenThatIsIssuedLaterIsGood() {
        Instant now = Instant.now();
        Revoking.revoke(hub, "user=" + user + "&before=" + now.getEpochSecond());
        Tokens later = Tokens.user(user).claim("iat", now.getEpochSecond());
        Tokens earlier = Tokens.user(user).claim("iat", now.getEpochSecond() - 1);
        try (StreamRecorder stream = open(later)) {
            assertProblem(Site.send(hub, "GET", "/token", "Authorization: " + earlier.bearer()), 401, "revoked");
            Publisher.to(hub).publish(topic, "x");
            assertThat(stream.next().data()).isEqualTo("x");
        }
    }

    @Test
    void withdrawnRevocationLetsTheTokenInAgain() {
        String id = Revoking.revoke(hub, "user=" + user).path("id").textValue();
        assertThat(Revoking.ask(hub, "DELETE", "/" + id).status()).isEqualTo(204);
        assertThat(hub.logText())
                .contains(
                        "tokens are revoked revocation=" + id + " of=" + user + " by=operator",
                        "a revocation is withdrawn revocation=" + id + " by=operator");
        open(Tokens.user(user)).close();
        assertProblem(Revoking.ask(hub, "DELETE", "/" + id), 404);
    }

    @Test
    void renewedTokenIsTheOneThatCounts() {
        Tokens first = Tokens.user(user).claim("jti", user + "-1");
        Tokens second = Tokens.user(user).claim("jti", user + "-2");
        try (SocketClient socket = SocketClient.open(hub, "/ws?topic=/a", first)) {
            socket.next("welcome");
            socket.send("{\"type\":\"auth\",\"token\":\"" + second.jwt() + "\"}");
            socket.next("renewed");
            Revoking.revoke(hub, "jti=" + user + "-1");
            socket.send("{\"type\":\"echo\",\"data\":1}");
            assertThat(socket.next("echo").path("data").intValue()).isEqualTo(1);
            socket.send("{\"type\":\"auth\",\"token\":\"" + first.jwt() + "\"}");
            assertThat(socket.next("error").path("detail").textValue()).contains("revoked");
            Revoking.revoke(hub, "jti=" + user + "-2");
            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    /** Its socket is full of history, which it reads no further. */
    @Test
    void streamThatReplaysEnds() {
        for (int i = 0; i < 60; i++) {
            Publisher.to(hub).publish(topic, "x".repeat(200_000));
        }
        String target = Streams.events(topic) + "&lastEventID=earliest";
        try (StreamRecorder following = Clients.follow(hub);
                StalledReader reader =
                        hub.stream(target).with(Tokens.user(user)).stall(8 * 1024)) {
            assertThat(reader.head().status()).isEqualTo(200);
            Clients.idOf(hub, user);
            Revoking.revoke(hub, "user=" + user);
            Instant revoked = Instant.now();
            assertThat(Clients.reason(following, user)).isEqualTo("revoked");
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(SOON);
        }
    }

    /** Streams are opened all the time, before, while and after the token is revoked. */
    @Test
    void streamsThatAreOpenedAtThatMomentEndOrAreRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        var stop = new AtomicBoolean();
        var opened = new ArrayList<Future<List<StreamRecorder>>>();
        try {
            for (int t = 0; t < 6; t++) {
                opened.add(threads.submit(() -> openUntil(stop)));
            }
            while (Clients.of(hub, user).size() < 20) {
                Thread.onSpinWait();
            }
            Revoking.revoke(hub, "user=" + user);
            for (int i = 0; i < 10; i++) {
                assertProblem(
                        Site.send(
                                hub,
                                "GET",
                                "/events",
                                "Authorization: " + Tokens.user(user).bearer()),
                        401);
            }
            stop.set(true);
            Instant revoked = Instant.now();
            int ended = 0;
            for (Future<List<StreamRecorder>> each : opened) {
                for (StreamRecorder stream : each.get()) {
                    stream.awaitEnd(SOON);
                    ended++;
                    stream.close();
                }
            }
            assertThat(ended).isGreaterThanOrEqualTo(20);
            assertThat(Clients.of(hub, user)).isEmpty();
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(SOON.multipliedBy(2));
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    private List<StreamRecorder> openUntil(AtomicBoolean stop) {
        var streams = new ArrayList<StreamRecorder>();
        while (!stop.get() && streams.size() < 200) {
            StreamRecorder stream =
                    hub.stream(Streams.events(topic)).with(Tokens.user(user)).open();
            if (stream.status() == 200) {
                streams.add(stream);
            } else {
                assertThat(stream.status()).isEqualTo(401);
                stream.close();
            }
        }
        return streams;
    }

    @Test
    void listHasEachOnceByPages() {
        var kept = new HashSet<String>();
        for (int i = 0; i < 7; i++) {
            kept.add(Revoking.revoke(hub, "jti=" + user + i).path("id").textValue());
        }
        var listed = new ArrayList<String>();
        String next = "?limit=3";
        while (!next.isEmpty()) {
            Answer page = Revoking.ask(hub, "GET", next);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.json().size()).isBetween(1, 3);
            page.json().forEach(each -> listed.add(each.path("id").textValue()));
            String link = page.header("Link");
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        assertThat(listed).doesNotHaveDuplicates().containsAll(kept);
    }

    @Test
    void listHasTheOneOfAUserOrOfATokenAndNoneOfOthersByMistake() {
        String ofUser = Revoking.revoke(hub, "user=" + user).path("id").textValue();
        String ofToken = Revoking.revoke(hub, "jti=" + user).path("id").textValue();
        assertThat(idsOf("?user=" + user)).containsExactly(ofUser);
        assertThat(idsOf("?jti=" + user)).containsExactly(ofToken);
        assertThat(idsOf("?user=" + user + "x")).isEmpty();
        assertProblem(Revoking.ask(hub, "GET", "?usr=" + user), 400, "usr");
        assertProblem(Revoking.ask(hub, "GET", "?user=" + user + "&jti=" + user), 400, "not both");
    }

    private List<String> idsOf(String query) {
        Answer list = Revoking.ask(hub, "GET", query);
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        return list.json().findValuesAsText("id");
    }

    @Test
    void askingAgainKeepsTheOneThatIsThere() {
        Instant far = Instant.now().plus(Duration.ofDays(300));
        JsonNode first = Revoking.revoke(hub, "user=" + user + "&until=" + far);
        JsonNode second = Revoking.revoke(hub, "user=" + user);
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("until")).isEqualTo(first.path("until"));
        assertThat(Instant.parse(second.path("before").textValue()))
                .isAfterOrEqualTo(Instant.parse(first.path("before").textValue()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "x=1&user=a => x",
                "user=a&user=b => user",
                "user=a&jti=b => user",
                "before=1 => jti",
                "jti=a&before=1 => before",
                "user=a&until=1 => until",
                "user=a&before=yesterday => before",
            })
    void wrongFormIsRefusedWithTheFieldThatIsWrong(String form, String field) {
        Answer refused = assertProblem(Revoking.post(hub, form), 400);
        assertThat(refused.json().path("field").textValue()).isEqualTo(field);
    }

    @Test
    void jsonIsAsGoodAsAForm() {
        String operator = "Authorization: " + Tokens.operator().bearer();
        String json = "{\"user\":\"" + user + "\",\"before\":5,\"until\":null}";
        Answer answer = postJson(json, operator);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("before").textValue()).isEqualTo("1970-01-01T00:00:05Z");
        assertProblem(postJson("{\"user\":[\"a\"]}", operator), 400, "user");
        assertProblem(postJson("{\"user\":\"a\",\"user\":\"b\"}", operator), 400, "JSON");
        assertProblem(Site.send(hub, "POST", "/hub/revocations?user=a", operator), 400, "body");
    }

    private Answer postJson(String json, String header) {
        return Site.postJson(hub, "/hub/revocations", json, header);
    }

    @Test
    void onlyGrantsThatNameTheAddressMayDoSo() {
        String everything = "Authorization: "
                + Tokens.grant(user, List.of("*"), List.of("*")).bearer();
        String reader = "Authorization: "
                + Tokens.grant(user, List.of(), List.of("/hub/revocations")).bearer();
        assertProblem(
                Site.post(hub, "/hub/revocations", "user=x", everything), 403, "mercure.publish", "/hub/revocations");
        assertProblem(
                Site.send(hub, "GET", "/hub/revocations", everything), 403, "mercure.subscribe", "/hub/revocations");
        assertThat(Site.send(hub, "GET", "/hub/revocations", reader).status()).isEqualTo(200);
        assertProblem(Site.send(hub, "DELETE", "/hub/revocations/x", reader), 403, "/hub/revocations/x");
        assertProblem(Site.send(hub, "GET", "/hub/revocations"), 401);
        assertProblem(Revoking.ask(hub, "PUT", ""), 405, "GET, HEAD, POST");
        assertProblem(Revoking.ask(hub, "GET", "/x"), 405, "DELETE");
        assertProblem(Revoking.ask(hub, "DELETE", ""), 405, "GET, HEAD, POST");
    }

    private StreamRecorder open(Tokens token) {
        return Streams.open(hub.stream(Streams.events(topic)).with(token));
    }
}
