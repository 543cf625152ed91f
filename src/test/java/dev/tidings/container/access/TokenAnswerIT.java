package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code GET /token} says that a token allows. */
@OfTheDoors
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        contextPath = "/tidings")
class TokenAnswerIT {

    private static final Instant EXPIRES = Instant.parse("2099-01-02T03:04:05Z");

    private final Tokens token =
            Tokens.grant("alice", List.of("/a", "/b/{c}"), List.of("*")).expiring(EXPIRES);
    private final Container hub;

    TokenAnswerIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "query", "alias", "cookie"})
    void tokenIsReadFromEveryPlace(String place) {
        Answer answer = switch (place) {
            case "header" -> ask("", "Authorization: " + token.bearer());
            case "query" -> ask("?authorization=" + token.jwt());
            case "alias" -> ask("?token=" + token.jwt());
            default -> ask("", Site.cookie(token));
        };
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"user\":\"alice\",\"expires\":\"2099-01-02T03:04:05Z\","
                        + "\"subscribe\":[\"*\"],\"publish\":[\"/a\",\"/b/{c}\"]}\n");
    }

    @Test
    void answerIsJsonThatNoCacheKeeps() {
        Answer answer = ask("", Site.cookie(token));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.toString()).doesNotContain(token.jwt());
    }

    @Test
    void tokenWithoutAClaimHasTheDefaultGrant() {
        JsonNode answer = of(Tokens.user("a/b"));
        assertThat(answer.path("user").asText()).isEqualTo("a/b");
        assertThat(answer.path("subscribe").toString()).isEqualTo("[\"/users/a%2Fb\",\"/all\"]");
        assertThat(answer.path("publish").toString()).isEqualTo("[\"/users/a%2Fb\"]");
    }

    @Test
    void tokenOfNobodyForEverSaysSo() {
        JsonNode answer = of(Tokens.anyone().without("exp").claim(Tokens.CLAIM, Map.of()));
        assertThat(answer.toString()).isEqualTo("{\"user\":null,\"expires\":null,\"subscribe\":[],\"publish\":[]}");
    }

    @Test
    void requestWithoutOneIsToldThatNoneCame() {
        Answer answer = ask("");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("detail").asText())
                .startsWith("No token came with this request. Send one in")
                .contains("Authorization: Bearer");
        assertThat(answer.body())
                .startsWith("{\"user\":null,\"expires\":null,\"subscribe\":[],\"publish\":[],\"detail\":\"");
    }

    @Test
    void emptyOneIsNone() {
        assertThat(ask("?token=").json()).isEqualTo(ask("").json());
    }

    @Test
    void badOneIsToldWhy() {
        Tokens old = token.expiring(Instant.now().minusSeconds(200));
        Requests.assertProblem(ask("", "Authorization: " + old.bearer()), 401, "expired 3 minutes ago");
        Requests.assertProblem(ask("", Site.cookie(old)), 401, "expired 3 minutes ago");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodIsRefused(String method) {
        Answer answer = Site.send(hub, method, "/token", "Authorization: " + token.bearer());
        assertThat(Requests.assertProblem(answer, 405).header("Allow")).isEqualTo("GET, HEAD");
    }

    private JsonNode of(Tokens other) {
        return ask("", "Authorization: " + other.bearer()).json();
    }

    private Answer ask(String query, String... headers) {
        return Site.send(hub, "GET", "/token" + query, String.join("|", headers));
    }
}
