package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishRequestTest {

    private static final List<String> TOPIC = List.of("/a");

    @Test
    void noTopicIsRefused() {
        assertRefused("topic", List.of(), null, null, null, null);
    }

    @Test
    void thousandTopicsArePossible() {
        assertThat(request(topics(1000), null, null, null, null).topics()).hasSize(1000);
    }

    @Test
    void moreThanAThousandTopicsAreRefused() {
        assertRefused("topic", topics(1001), null, null, null, null);
    }

    @Test
    void badTopicIsRefused() {
        assertRefused("topic", List.of("/a", "/b\n"), null, null, null, null);
    }

    @Test
    void repeatedTopicsCountOnceInTheOrderGiven() {
        assertThat(request(List.of("/b", "/a", "/b"), null, null, null, null).topics())
                .containsExactly("/b", "/a");
    }

    @Test
    void laterChangesOfTheTopicsChangeNothing() {
        var topics = new ArrayList<>(TOPIC);
        PublishRequest request = request(topics, null, null, null, null);
        topics.set(0, "/b");
        assertThat(request.topics()).containsExactly("/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\n", "\ra", "\na", "\r", "\n", "\0", "a\0", "\uD800"})
    void badTypeIsRefused(String type) {
        assertRefused("type", TOPIC, type, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.connected", " spaces ", "Gap", "中", "a:b", "\t"})
    void otherTypesArePossible(String type) {
        assertThat(request(TOPIC, type, null, null, null).type()).isEqualTo(type);
    }

    @Test
    void longTypeIsRefused() {
        assertRefused("type", TOPIC, "é".repeat(128), null, null, null);
    }

    @Test
    void emptyTypeIsNone() {
        assertThat(request(TOPIC, "", null, null, null).type()).isNull();
    }

    @Test
    void loneSurrogateInTheDataIsRefused() {
        assertRefused("data", TOPIC, null, "a\uDC00", null, null);
    }

    @Test
    void emptyDataStaysEmpty() {
        assertThat(request(TOPIC, null, "", null, null).data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "\0", "\u0085", "\uD800", " a", "a ", " ", "earliest", "#", "#1"})
    void badIdIsRefused(String id) {
        assertRefused("id", TOPIC, null, null, id, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "a b", "a#", "Earliest", "earliest1", "中", "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91"})
    void otherIdsArePossible(String id) {
        assertThat(request(TOPIC, null, null, id, null).id()).isEqualTo(id);
    }

    @Test
    void idOf255BytesIsPossible() {
        assertThat(request(TOPIC, null, null, "é".repeat(127) + "a", null).id()).hasSize(128);
    }

    @Test
    void longerIdIsRefused() {
        assertRefused("id", TOPIC, null, null, "é".repeat(128), null);
    }

    @Test
    void emptyIdIsNone() {
        assertThat(request(TOPIC, null, null, "", null).id()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 86_400_000})
    void retryOfUpToADayIsPossible(int retry) {
        assertThat(request(TOPIC, null, null, null, retry).retry()).isEqualTo(retry);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 86_400_001})
    void otherRetryIsRefused(int retry) {
        assertRefused("retry", TOPIC, null, null, null, retry);
    }

    @Test
    void eventUnderUsersIsPrivateWhateverIsAsked() {
        assertThat(request(List.of("/a", "/users/b"), null, null, null, null).isPrivate())
                .isTrue();
    }

    @Test
    void eventElsewhereIsPrivateWhenAsked() {
        assertThat(new PublishRequest(TOPIC, null, null, null, null, true).isPrivate())
                .isTrue();
        assertThat(request(TOPIC, null, null, null, null).isPrivate()).isFalse();
    }

    @Test
    void sizeIsTheTextAsUtf8() {
        PublishRequest request = request(List.of("/a", "/é"), "t", "中\uD83D\uDE00", "1", null);
        assertThat(request.size()).isEqualTo(2 + 3 + 1 + 3 + 4 + 1);
    }

    private static List<String> topics(int count) {
        return IntStream.range(0, count).mapToObj(i -> "/" + i).toList();
    }

    private static PublishRequest request(List<String> topics, String type, String data, String id, Integer retry) {
        return new PublishRequest(topics, type, data, id, retry, false);
    }

    private static void assertRefused(
            String field, List<String> topics, String type, String data, String id, Integer retry) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> request(topics, type, data, id, retry))
                .withMessageStartingWith(field + ": ")
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
