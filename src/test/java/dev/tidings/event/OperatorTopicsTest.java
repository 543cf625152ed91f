package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operates the hub is covered by what names it, and by nothing else. */
class OperatorTopicsTest {

    @ParameterizedTest
    @CsvSource({
        "/clients, /clients",
        "/clients/urn%3Auuid%3A1, /clients",
        "/clients;x, /clients",
        "/hub/nodes/a, /hub",
        "/metrics, /metrics",
        "/.well-known/mercure/subscriptions/a/b, /.well-known/mercure"
    })
    void topicLiesUnderItsWord(String topic, String word) {
        assertThat(OperatorTopics.wordOf(topic)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clientship", "/hubs", "//hub", "/x/hub", "%2Fhub", "/HUB", "/users/hub", "hub", "*"})
    void otherTopicsAreLikeAnyOther(String topic) {
        assertThat(OperatorTopics.wordOf(topic)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients/{id}", "/clients{/id}", "/clients{+any}", "/clients/a%3Ab", "/clients/{+id}"})
    void selectorThatNamesItCoversIt(String selector) {
        assertCovers(true, selector, "/clients/a%3Ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "{+any}", "/{a}/{b}", "/{+any}", "{/a,b}", "/clients", "/clients/{id}/x", "/c{a}/{b}"})
    void selectorThatDoesNotCoversItNot(String selector) {
        assertCovers(false, selector, "/clients/a%3Ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "{+any}", "/{a}", "/news"})
    void otherTopicsAreCoveredByWhatMatches(String selector) {
        assertCovers(true, selector, "/news");
    }

    @Test
    void anyOfAFewOrManyTopicsIsEnough() {
        SelectorSet grant = SelectorSet.parse(List.of("/a", "/b", "/c/{x}", "/d"));
        assertThat(grant.coversAny(List.of("/x", "/b"))).isTrue();
        assertThat(grant.coversAny(List.of("/x", "/c/1"))).isTrue();
        assertThat(grant.coversAny(List.of("/1", "/2", "/3", "/4", "/5", "/6", "/d")))
                .isTrue();
        assertThat(grant.coversAny(List.of("/1", "/2", "/3", "/4", "/5", "/6", "/7")))
                .isFalse();
    }

    @Test
    void eventIsTheHubsOwnByItsTopics() {
        assertThat(OperatorTopics.include(List.of("/clients/a", "/clients"))).isTrue();
        assertThat(OperatorTopics.include(List.of("/news"))).isFalse();
    }

    @Test
    void selectorNamesOneThatBeginsWithItsWord() {
        assertThat(SelectorSet.parse(List.of("/news", "/metrics{?x}")).nameOperatorTopics())
                .isTrue();
        assertThat(SelectorSet.parse(List.of("*", "{+any}", "/news/clients")).nameOperatorTopics())
                .isFalse();
    }

    private static void assertCovers(boolean covers, String selector, String topic) {
        SelectorSet grant = SelectorSet.parse(List.of("/other", selector));
        assertThat(grant.covers(topic)).isEqualTo(covers);
        assertThat(grant.coversAny(List.of("/metrics", topic))).isEqualTo(covers);
    }
}
