package dev.tidings.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.OperatorTopics;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishGuardTest {

    private static final PublishGuard GUARD = new PublishGuard(OperatorTopics.WORDS);

    @Test
    void whatIsGrantedMayBePublished() {
        assertThatCode(() -> GUARD.check(granting("/a", "/b"), publishing("/b", "/a")))
                .doesNotThrowAnyException();
    }

    @Test
    void everyTopicMustBeGranted() {
        ForbiddenException refusal = refusal(granting("/a", "/b"), "/a", "/c", "/d");
        assertThat(refusal)
                .hasMessage("no publish selector of the token matches the topic \"/c\"."
                        + " Add one that matches to the token's claim mercure.publish");
    }

    @Test
    void whoNamesAUserAsHeIsIsToldHowToReachHim() {
        assertThat(refusal(granting("/users/{id}"), "/users/alice@example.com"))
                .hasMessage("no publish selector of the token matches the topic \"/users/alice@example.com\"."
                        + " \"/users/alice@example.com\" is nobody's inbox, because names are percent-encoded there."
                        + " Publish with to=alice@example.com, which goes to \"/users/alice%40example.com\".");
    }

    @Test
    void whoMayPublishNothingIsToldSo() {
        assertThat(refusal(granting(), "/a"))
                .hasMessage("the token has no publish selector, so it may not publish to the topic \"/a\"."
                        + " Add one that matches to the token's claim mercure.publish");
    }

    /** A relay finds out by it whether the row is published. */
    @ParameterizedTest
    @ValueSource(strings = {"shop-1", "shop--1", "shop-9223372036854775807"})
    void idOfARowIsRefused(String id) {
        var guard = new PublishGuard(OperatorTopics.WORDS, "shop-");
        assertThatThrownBy(() -> guard.check(granting("/a"), withId(id)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("id: \"shop-\" and a number is the id of a row that this hub relays");
        assertThatCode(() -> guard.checkTrusted(withId(id))).doesNotThrowAnyException();
        assertThatCode(() -> GUARD.check(granting("/a"), withId(id))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-", "shop-1a", "shop-a", "shop", "1", "shopping-1"})
    void idThatIsNoRowsMayBeGiven(String id) {
        var guard = new PublishGuard(OperatorTopics.WORDS, "shop-");
        assertThatCode(() -> guard.check(granting("/a"), withId(id))).doesNotThrowAnyException();
    }

    private static PublishRequest withId(String id) {
        return new PublishRequest(List.of("/a"), null, "", id, null, false);
    }

    @Test
    void eventOfTheHubsOwnIsOnReservedTopicsAlone() {
        assertThatCode(() -> GUARD.checkOwn(publishing("/clients/1", "/hub"))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GUARD.checkOwn(publishing("/clients/1", "/hubs")))
                .withMessage("the topic \"/hubs\" is not reserved for the hub");
    }

    @Test
    void anonymousMayPublishNothing() {
        assertThat(refusal(Grant.anonymous(), "/a")).hasMessageContaining("\"/a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/mercure",
                "/.well-known/mercure/subscriptions/a/b",
                "/clients",
                "/clients/7",
                "/clients?user=a",
                "/clients;x=y",
                "/clients%2F7",
                "/clients/../x",
                "/hub/nodes",
                "/metrics"
            })
    void theHubsOwnTopicsAreNobodysWhateverTheGrant(String topic) {
        ForbiddenException refusal = refusal(granting("*", topic), "/a", topic);
        assertThat(refusal).hasMessageStartingWith("the topic \"" + topic + "\" is the hub's own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clientship",
                "/hubs",
                "/drain",
                "//clients",
                "%2Fclients",
                "/x/../clients",
                "/CLIENTS",
                "/.well-known/mercurial",
                "/feeds/clock",
                "clients",
                "/a/clients"
            })
    void whatOnlyLooksLikeTheHubsOwnMayBePublished(String topic) {
        assertThatCode(() -> GUARD.check(granting("*"), publishing(topic))).doesNotThrowAnyException();
    }

    private static ForbiddenException refusal(Grant grant, String... topics) {
        return catchThrowableOfType(ForbiddenException.class, () -> GUARD.check(grant, publishing(topics)));
    }

    private static PublishRequest publishing(String... topics) {
        return new PublishRequest(List.of(topics), null, null, null, null, false);
    }

    private static Grant granting(String... selectors) {
        SelectorSet publish =
                SelectorSet.of(Arrays.stream(selectors).map(TopicSelector::of).toList());
        return new Grant("alice", publish, SelectorSet.of(List.of()), null, null);
    }
}
