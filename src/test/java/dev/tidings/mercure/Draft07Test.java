package dev.tidings.mercure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.TooLargeException;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Draft07Test {

    @Test
    void everyFieldReachesTheEvent() {
        assertThat(event("topic=/a&topic=/b&data=x&id=i&type=t&retry=5&private="))
                .isEqualTo(new PublishRequest(List.of("/a", "/b"), "t", "x", "i", 5, true));
    }

    @Test
    void onlyTheTopicIsNeeded() {
        PublishRequest event = event("topic=/a");
        assertThat(event.topics()).containsExactly("/a");
        assertThat(event.type()).isNull();
        assertThat(event.id()).isNull();
        assertThat(event.retry()).isNull();
        assertThat(event.isPrivate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "private=", "private=on", "private=0", "private=false", "private=nonsense"})
    void fieldPrivateMakesItPrivateWhateverItsValue(String field) {
        assertThat(event("topic=/a&" + field).isPrivate()).isTrue();
    }

    @Test
    void ofAFieldThatIsGivenTwiceTheFirstCounts() {
        PublishRequest event = event("topic=/a&data=x&data=y&type=t&type=u");
        assertThat(event.data()).isEqualTo("x");
        assertThat(event.type()).isEqualTo("t");
    }

    @Test
    void fieldThatTheDraftDoesNotKnowIsNotLookedAt() {
        assertThat(event("topic=/a&msg=x&to=bob&target=y")).isEqualTo(event("topic=/a"));
    }

    @Test
    void withoutATopicNothingIsPublishedAndNothingSubscribedTo() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> event("data=x"))
                .withMessageStartingWith("topic: Missing \"topic\" parameter: say");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Draft07.topics(Query.parseForm("data=x")))
                .withMessageStartingWith("topic: Missing \"topic\" parameter: name");
    }

    @Test
    void dataMayHaveNoMoreThanItsMost() {
        assertThat(event("topic=/a&data=0123456789").data()).isEqualTo("0123456789");
        assertThatExceptionOfType(TooLargeException.class).isThrownBy(() -> event("topic=/a&data=0123456789x"));
    }

    @Test
    void subscriberAsksForUpToAThousandTopics() {
        assertThat(Draft07.topics(Query.parseForm("topic=/a&topic=/b/{x}")).selectors())
                .extracting(TopicSelector::text)
                .containsExactlyInAnyOrder("/a", "/b/{x}");
        String most = "topic=/a&".repeat(1_000);
        assertThat(Draft07.topics(Query.parseForm(most)).isEmpty()).isFalse();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Draft07.topics(Query.parseForm(most + "topic=/a")))
                .withMessageContaining("at most 1000");
    }

    private static PublishRequest event(String form) {
        return Draft07.event(Query.parseForm(form), null, 10);
    }
}
