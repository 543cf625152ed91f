package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subscriber gets, and which topics it learns of. */
class SubscriptionTest {

    private static final List<String> NOTHING = List.of();

    @Test
    void ofAPublicEventThoseTopicsShowThatWereAskedFor() {
        assertThat(shown(false, List.of("/a", "/b/{x}"), List.of("*"), "/a", "/b/1", "/c"))
                .containsExactly("/a", "/b/1");
    }

    /** Found when a template that the grant does not cover showed whom else a private event was for. */
    @Test
    void ofAPrivateEventNoTopicShowsThatOnlyATemplateAskedFor() {
        for (List<String> asked : List.of(List.of("/secret/{x}"), List.of("/users/alice", "/secret/{x}"))) {
            assertThat(shown(true, asked, List.of("/users/alice"), "/users/alice", "/secret/plan"))
                    .containsExactly("/users/alice");
        }
    }

    @Test
    void ofAPrivateEventThoseShowThatTheGrantCoversOrThatWereAskedForByName() {
        List<String> asked = List.of("/secret/plan", "/secret/{x}");
        assertThat(shown(true, asked, List.of("/users/alice"), "/users/alice", "/secret/plan", "/secret/other"))
                .containsExactly("/users/alice", "/secret/plan");
    }

    @Test
    void ofAPrivateEventThatEverythingWasAskedForOnlyWhatIsCoveredShows() {
        assertThat(shown(true, List.of("*"), List.of("/users/{x}"), "/users/alice", "/secret"))
                .containsExactly("/users/alice");
    }

    @Test
    void whatTheHubTellsOperatorsIsOnlyForThoseWhoseGrantNamesIt() {
        Event event = event(true, "/clients/urn%3Auuid%3A1", "/clients/urn:uuid:1");
        assertThat(subscription(List.of("*"), List.of("*", "/{+any}")).wants(event))
                .isFalse();
        for (String named : List.of("/clients{/id}", "/clients/urn:uuid:1", "/clients/urn%3Auuid%3A1")) {
            assertThat(subscription(List.of("*"), List.of("/x", named)).wants(event))
                    .as(named)
                    .isTrue();
        }
    }

    @Test
    void ofWhatTheHubTellsOperatorsNoTopicShowsThatTheGrantDoesNotName() {
        assertThat(shown(true, List.of("*"), List.of("*", "/clients/{id}"), "/clients/a%3Ab", "/clients/a:b"))
                .containsExactly("/clients/a%3Ab");
    }

    @Test
    void ofAPrivateEventFromBeforeARenewalNoTopicShowsThatIsNotGrantedAnyMore() {
        List<String> asked = List.of("/users/alice", "/secret/{x}");
        Subscription before = subscription(asked, List.of("/users/alice", "/secret/{x}"));
        var versions = new SubscriptionVersions(before);
        versions.change(5, before.withGranted(SelectorSet.parse(List.of("/users/alice"))));
        assertThat(versions.visibleTopics(event(true, "/users/alice", "/secret/plan")))
                .containsExactly("/users/alice");
    }

    @Test
    void privateEventWithoutAGrantIsForNobody() {
        assertThat(subscription(List.of("*"), NOTHING).wants(event(true, "/a"))).isFalse();
    }

    private static List<String> shown(boolean isPrivate, List<String> asked, List<String> granted, String... topics) {
        return subscription(asked, granted).visibleTopics(event(isPrivate, topics));
    }

    private static Subscription subscription(List<String> asked, List<String> granted) {
        return new Subscription(
                SelectorSet.parse(asked),
                SelectorSet.parse(granted),
                new Peer("alice", "alice", "", "", "sse", null),
                StartRequest.NOW);
    }

    private static Event event(boolean isPrivate, String... topics) {
        return Event.kept(
                new Position(Epoch.startingAt(Instant.EPOCH), 1),
                new PublishRequest(List.of(topics), null, "x", null, null, isPrivate),
                Instant.EPOCH);
    }
}
