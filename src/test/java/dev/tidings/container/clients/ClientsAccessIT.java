package dev.tidings.container.clients;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see clients and end them: every resource is a topic, and {@code *} is no operator. */
@OfTheDoors
@ConfiguredHub
class ClientsAccessIT {

    private final String user = Fresh.user();
    private final Container hub;
    private StreamRecorder stream;
    private String id;

    ClientsAccessIT(Container hub) {
        this.hub = hub;
    }

    @BeforeEach
    void open() {
        stream = Clients.open(hub, user, "/a");
        id = Clients.idOf(hub, user);
    }

    @AfterEach
    void isStillHere() {
        assertThat(Clients.idOf(hub, user)).isEqualTo(id);
        stream.close();
    }

    static Stream<List<String>> noOperators() {
        return Stream.of(
                List.of(),
                List.of("*"),
                List.of("{+x}", "/{x}", "/{a}/{b}", "/{+path}", "{/a,b}"),
                List.of("/client", "/Clients", "clients", "//clients", "/clientsx", "/clients/x"),
                List.of("*", "/hub{+any}", "/metrics", "/users/{id}"));
    }

    @ParameterizedTest
    @MethodSource("noOperators")
    void whoseSelectorsDoNotNameItIsNoOperator(List<String> selectors) {
        Tokens token = Tokens.grant(Fresh.user(), selectors, selectors);
        assertProblem(ask(token, "GET", ""), 403, "/clients");
        assertProblem(ask(token, "GET", "?user=" + user), 403, "/clients");
        assertProblem(ask(token, "GET", "/" + id), 403, "/clients/" + Streams.encode(id));
        assertProblem(ask(token, "DELETE", "/" + id), 403, "/clients/" + Streams.encode(id));
        assertProblem(ask(token, "DELETE", "?user=" + user), 403, "/clients");
        assertThat(ask(token, "HEAD", "").status()).isEqualTo(403);
    }

    @Test
    void userWithTheDefaultGrantIsNoOperator() {
        assertProblem(ask(Tokens.user(user), "GET", ""), 403, "/clients");
        assertProblem(ask(Tokens.user(user), "DELETE", "/" + id), 403, "/clients");
    }

    @Test
    void whetherThereIsSuchAClientIsNotToldToOthers() {
        assertProblem(ask(Tokens.user(user), "GET", "/nobody"), 403);
        assertProblem(ask(Tokens.user(user), "DELETE", "/nobody"), 403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/clients => 200 => 403",
                "/clients/{id} => 403 => 200",
                "/clients{/id} => 200 => 200",
                "/clients{+rest} => 200 => 200",
                "/clients/ID => 403 => 200",
                "/clients/RAW => 403 => 200"
            })
    void selectorThatNamesItIsAsFarAsOneSees(String selector, int list, int one) {
        String named = selector.replace("ID", Streams.encode(id)).replace("RAW", id);
        Tokens token = Tokens.grant(Fresh.user(), List.of(), List.of(named));
        assertThat(ask(token, "GET", "").status()).isEqualTo(list);
        assertThat(ask(token, "GET", "/" + id).status()).isEqualTo(one);
        assertThat(ask(token, "DELETE", "/" + id).status()).isEqualTo(403);
    }

    @Test
    void whoMayEndAClientMayNotForThatReasonSeeIt() {
        Tokens token = Tokens.grant(Fresh.user(), List.of("/clients/{id}", "/clients"), List.of("*"));
        assertThat(ask(token, "GET", "").status()).isEqualTo(403);
        assertThat(ask(token, "GET", "/" + id).status()).isEqualTo(403);
        String other = Fresh.user();
        try (StreamRecorder ended = Clients.open(hub, other, "/a")) {
            assertThat(ask(token, "DELETE", "/" + Clients.idOf(hub, other)).status())
                    .isEqualTo(204);
            ended.awaitEnd();
        }
    }

    /** Found when a grant of the id as it is never matched. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void grantNamesTheOneThatMayBeEndedByItsIdEitherWay(boolean encoded) {
        String another = Fresh.user();
        try (StreamRecorder ended = Clients.open(hub, another, "/a")) {
            String other = Clients.idOf(hub, another);
            String named = "/clients/" + (encoded ? Streams.encode(other) : other);
            Tokens token = Tokens.grant(Fresh.user(), List.of(named), List.of());
            assertThat(ask(token, "DELETE", "/" + id).status()).isEqualTo(403);
            assertThat(ask(token, "DELETE", "/" + other).status()).isEqualTo(204);
            ended.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/nobody"})
    void withoutATokenThereIsNoRegistryAlthoughStreamsAreAnonymous(String path) {
        for (String method : List.of("GET", "DELETE", "POST", "HEAD")) {
            Answer answer = Site.send(hub, method, "/clients" + path);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void badTokenIsRefusedWithItsReason() {
        Tokens token = Tokens.operator().expiring(Duration.ofMinutes(-3).minusSeconds(30));
        assertProblem(ask(token, "GET", ""), 401, "expired 3 minutes ago");
        assertProblem(ask(token, "DELETE", "/" + id), 401, "expired 3 minutes ago");
    }

    @ParameterizedTest
    @CsvSource({"POST, list", "PUT, list", "PATCH, list", "POST, one", "PUT, one", "PATCH, one"})
    void otherMethodIsRefusedWithThoseThatAreAllowed(String method, String place) {
        String path = place.equals("one") ? "/" + id : "?user=" + user;
        Answer answer = assertProblem(ask(Tokens.operator(), method, path), 405, method);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "/clients/{id}", "/clients/{user}", "/users/{id}"})
    void whoMayEndEachMayNotForThatReasonEndAllOfAUser(String selector) {
        Tokens token = Tokens.grant(Fresh.user(), List.of(selector), List.of("/clients"));
        assertProblem(ask(token, "DELETE", "?user=" + user), 403, "\"/clients\"");
        assertProblem(ask(token, "DELETE", ""), 403, "\"/clients\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients", "/clients{/id}", "/clients{?user}", "/clients{+any}"})
    void grantNamesTheRegistryToEndAllOfAUser(String selector) {
        Tokens token = Tokens.grant(Fresh.user(), List.of(selector), List.of());
        Answer answer = ask(token, "DELETE", "?user=" + Fresh.user());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ended\":0}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients;x=y", "//clients", "/./clients", "/x/../clients", "/%63lients", "/CLIENTS"})
    void noSpellingOfTheAddressGetsAroundTheToken(String target) {
        Answer answer = Site.send(hub, "GET", target);
        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain(id);
        assertThat(Site.send(hub, "DELETE", target + "/" + id).status()).isIn(400, 401, 404, 405);
    }

    private Answer ask(Tokens token, String method, String path) {
        return Site.send(hub, method, "/clients" + path, "Authorization: " + token.bearer());
    }
}
