package dev.tidings.container.clients;

import static dev.tidings.container.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of clients: whom it holds, its filters and its pages. */
@OfTheDoors
@ConfiguredHub
class ClientsIT {

    private static final String NEXT = "<([^>]+)>; rel=\"next\"";

    private final String user = Fresh.user();
    private final List<StreamRecorder> streams = new ArrayList<>();
    private final Container hub;

    ClientsIT(Container hub) {
        this.hub = hub;
    }

    @AfterEach
    void close() {
        streams.forEach(StreamRecorder::close);
    }

    @Test
    void whoHasAStreamIsListedWhenTheStreamIsOpen() {
        open(user, "/a");
        assertThat(Clients.ids(Clients.list(hub, ""))).contains(Clients.idOf(hub, user));
    }

    @Test
    void listIsJsonThatNoCacheKeeps() {
        Answer answer = Clients.ask(hub, "GET", "?user=" + user);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).isEqualTo("[]\n");
    }

    @Test
    void whoAsksForTheHeadsOnlyIsNoClientAndGetsThem() {
        Site.send(
                hub,
                "HEAD",
                "/events?topic=/a",
                "Authorization: " + Tokens.user(user).bearer());
        assertThat(Clients.of(hub, user)).isEmpty();
        assertThat(Clients.ask(hub, "HEAD", "").status()).isEqualTo(200);
    }

    @Test
    void usersAreTakenAsTheyAre() {
        String strange = user + "/*{x}é&";
        open(strange, "/a");
        assertThat(Clients.only(hub, strange).path("user").asText()).isEqualTo(strange);
        assertThat(Clients.of(hub, user)).isEmpty();
    }

    @Test
    void topicSelectsThoseWhoAskedForIt() {
        String topic = Fresh.topic();
        open(user, topic);
        open(user, topic + "/{id}", "/other");
        open(user, "*");

        assertThat(topics("?user=" + user + "&topic=" + topic)).containsExactly("[\"" + topic + "\"]", "[\"*\"]");
        assertThat(topics("?user=" + user + "&topic=" + topic + "/1"))
                .containsExactly("[\"" + topic + "/{id}\",\"/other\"]", "[\"*\"]");
        assertThat(topics("?topic=" + topic + "/1/2&user=" + user)).containsExactly("[\"*\"]");
    }

    @Test
    void oneClientIsItsEntry() {
        open(user, "/a");
        JsonNode entry = Clients.only(hub, user);
        String id = entry.path("id").textValue();
        assertThat(Clients.ask(hub, "GET", "/" + id).json()).isEqualTo(entry);
        assertThat(Clients.ask(hub, "GET", "/" + Streams.encode(id)).json()).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nobody", "/urn:uuid:00000000-0000-7000-8000-000000000000", "/x/y", "/%7Bid%7D", "/*", "/%2A"})
    void thereIsNoOtherClient(String path) {
        assertThat(assertRefused(Clients.ask(hub, "GET", path), 404, "")).contains("no such client");
        assertThat(assertRefused(Clients.ask(hub, "DELETE", path), 404, "")).contains("no such client");
    }

    @Test
    void listIsOfOneNodeIfAskedTo() {
        open(user, "/a");
        assertThat(Clients.ids(Clients.list(hub, "?node=node-7&user=" + user)))
                .containsExactly(Clients.idOf(hub, user));
        assertThat(Clients.list(hub, "?node=node-8&user=" + user)).isEmpty();
        assertThat(Clients.list(hub, "?node=&user=" + user)).isEmpty();
    }

    @Test
    void pagesHoldEverybodyOnceInTheOrderOfComing() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            open(user, "/a");
        }
        var sizes = new ArrayList<Integer>();
        String target = "?limit=2&user=" + user;
        while (!target.isEmpty()) {
            Answer page = Clients.ask(hub, "GET", target);
            List<String> on = new ArrayList<>();
            page.json().forEach(entry -> on.add(entry.path("id").textValue()));
            ids.addAll(on);
            sizes.add(on.size());
            target = page.header("Link").replaceFirst(NEXT, "$1");
        }
        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(ids).doesNotHaveDuplicates().isSorted().isEqualTo(Clients.ids(Clients.of(hub, user)));
    }

    /** Found when clients with long topics made the list larger than the heap. */
    @Test
    void pageWithLongTopicsIsShorterThanItsLimit() {
        int clients = 8;
        var open = new ArrayList<SocketClient>();
        try {
            for (int i = 0; i < clients; i++) {
                SocketClient client = SocketClient.open(hub, "/ws?topic=/a", Tokens.user(user));
                open.add(client);
                for (int first = 0; first < 90; first += 30) {
                    client.send("{\"type\":\"subscribe\",\"topics\":" + longTopics(first, 30) + "}")
                            .skipTo("subscribed");
                }
            }
            Answer first = Clients.ask(hub, "GET", "?limit=1000&user=" + user);
            assertThat(first.json()).hasSize(clients - 1);
            Answer second = Clients.ask(hub, "GET", first.header("Link").replaceFirst(NEXT, "$1"));
            assertThat(second.json()).hasSize(1);
            assertThat(second.headers()).doesNotContainKey("Link");
        } finally {
            open.forEach(SocketClient::close);
        }
    }

    @Test
    void lastPageHasNoNextAlthoughItIsFull() {
        open(user, "/a");
        open(user, "/a");
        assertThat(Clients.ask(hub, "GET", "?limit=2&user=" + user).headers()).doesNotContainKey("Link");
    }

    @Test
    void nextPageKeepsTheFiltersAndNotTheToken() {
        String strange = user + " &é";
        open(strange, "/a&b");
        open(strange, "/a&b");
        open(strange, "/other");
        String token = Tokens.operator().jwt();
        String query = "?limit=1&node=node-7&topic=/a%26b&user=" + Streams.encode(strange) + "&token=" + token;

        Answer first = Site.send(hub, "GET", "/clients" + query);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Link")).matches(NEXT).doesNotContain(token);
        String next = first.header("Link").replaceFirst(NEXT, "$1");
        assertThat(next).contains("&node=node-7");
        assertThat(Clients.ids(Clients.list(hub, next)))
                .containsExactly(Clients.ids(Clients.of(hub, strange)).get(1));
    }

    @Test
    void pageAfterOneThatHasLeftGoesOnFromThere() {
        for (int i = 0; i < 3; i++) {
            open(user, "/a");
        }
        List<String> ids = Clients.ids(Clients.of(hub, user));
        Clients.end(hub, ids.get(0));
        assertThat(Clients.ids(Clients.list(hub, "?user=" + user + "&after=" + ids.get(0))))
                .isEqualTo(ids.subList(1, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=-1, limit",
        "limit=1001, limit",
        "limit=99999999999, limit",
        "limit=x, limit",
        "limit=1.5, limit",
        "limit=%D9%A1, limit",
        "after=nonsense, after",
        "after=urn:uuid:1, after",
        "limit=%zz, limit",
        "user=%ff, user",
        "node=%ff, node",
    })
    void whatCannotBeIsRefused(String query, String field) {
        Answer answer = Clients.ask(hub, "GET", "?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000"})
    void limitsThatArePossible(String limit) {
        assertThat(Clients.ask(hub, "GET", "?limit=" + limit).status()).isEqualTo(200);
    }

    private void open(String whose, String... topics) {
        streams.add(Clients.open(hub, whose, topics));
    }

    /** As much as one frame may hold, nearly. */
    private static String longTopics(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "\"/" + i + "x".repeat(1_800) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<String> topics(String query) {
        return Clients.list(hub, query).stream()
                .map(entry -> entry.path("topics").toString())
                .toList();
    }
}
