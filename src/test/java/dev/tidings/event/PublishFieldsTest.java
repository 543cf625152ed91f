package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishFieldsTest {

    @Test
    void everyFieldIsTaken() {
        assertThat(build(
                        "msg", "hello", "topic", "/a", "topic", "/b", "type", "t", "id", "1", "retry", "5", "private",
                        "on"))
                .isEqualTo(new PublishRequest(List.of("/a", "/b"), "t", "hello", "1", 5, true));
    }

    @Test
    void dataIsAnotherWordForMsg() {
        assertThat(build("data", "hello", "topic", "/a").data()).isEqualTo("hello");
    }

    @Test
    void msgWithDataIsRefused() {
        assertRefused("msg", "msg", "a", "data", "a", "topic", "/a");
    }

    @Test
    void dataMayBeAbsent() {
        assertThat(build("topic", "/a").data()).isEmpty();
    }

    @Test
    void userIsPercentEncodedIntoATopic() {
        PublishRequest request = build("to", "alice", "to", "b/{c}");
        assertThat(request.topics()).containsExactly("/users/alice", "/users/b%2F%7Bc%7D");
        assertThat(request.isPrivate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n", "\uD800"})
    void badUserIsRefused(String user) {
        assertRefused("to", "to", "alice", "to", user);
    }

    @Test
    void longUserIsRefused() {
        assertRefused("to", "to", "é".repeat(128));
        assertRefused("to", "to", "a".repeat(256));
    }

    @Test
    void userOf255BytesHasAnInbox() {
        assertThat(build("to", "é".repeat(127) + "a").topics()).hasSize(1);
        assertThat(build("to", "a".repeat(255)).topics()).hasSize(1);
    }

    @Test
    void userWithTopicIsRefused() {
        assertRefused("to", "to", "alice", "topic", "/a");
    }

    @Test
    void callersInboxIsMeantWhereNothingIsNamed() {
        PublishRequest request = fields("msg", "hello").build("al ice", 100);
        assertThat(request.topics()).containsExactly("/users/al%20ice");
        assertThat(request.isPrivate()).isTrue();
    }

    @Test
    void nothingNamedAndNoInboxIsRefused() {
        assertThatThrownBy(() -> fields("msg", "hello").build(null, 100))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("to: ")
                .hasMessageContaining("topic");
    }

    @Test
    void unknownFieldIsRefusedAndTheKnownAreListed() {
        assertThatThrownBy(() -> new PublishFields().add("mesage", "hello"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("mesage: ")
                .hasMessageEndingWith("msg, data, to, topic, type, id, retry, private.");
    }

    @Test
    void unknownFieldIsNamedInTextThatCanBeWritten() {
        assertThatThrownBy(() -> new PublishFields().add("\n\uD800x", "hello"))
                .hasMessageStartingWith("\uFFFD\uFFFDx: ");
    }

    @Test
    void unknownFieldIsRepeatedUpTo32Characters() {
        assertThat(new InvalidRequestException("x".repeat(32), "why").field()).isEqualTo("x".repeat(32));
        assertThat(new InvalidRequestException("x".repeat(33), "why").field()).isEqualTo("a name of 33 characters");
    }

    /** It may be a token whose name was forgotten. */
    @Test
    void unknownFieldWithALongNameIsNotRepeated() {
        assertThatThrownBy(() -> new PublishFields().add("eyJhbGciOiJIUzI1NiJ9".repeat(5), "hello"))
                .hasMessageStartingWith("a name of 100 characters: ")
                .message()
                .doesNotContain("eyJ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg", "data", "type", "id", "retry", "private"})
    void fieldWithOneValueGivenTwiceIsRefused(String name) {
        assertRefused(name, name, "1", name, "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg", "data", "to", "topic", "type", "id", "retry", "private"})
    void loneSurrogateIsRefused(String name) {
        assertRefused(name, name, "\uD800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"to", "topic"})
    void moreThanAThousandAreRefused(String name) {
        var fields = new PublishFields();
        for (int i = 0; i < 1000; i++) {
            fields.add(name, "a");
        }
        assertThatThrownBy(() -> fields.add(name, "a")).hasMessageStartingWith(name + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", "1", ""})
    void privateIsAsked(String value) {
        assertThat(build("topic", "/a", "private", value).isPrivate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "0"})
    void publicIsAsked(String value) {
        assertThat(build("topic", "/a", "private", value).isPrivate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", " ", "2"})
    void otherPrivateIsRefused(String value) {
        assertRefused("private", "topic", "/a", "private", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.5", "1e3", "x", " 1", "86400001", "99999999999999999999", "١"})
    void badRetryIsRefused(String value) {
        assertRefused("retry", "topic", "/a", "retry", value);
    }

    @Test
    void emptyOptionalFieldsAreNone() {
        PublishRequest request = build("topic", "/a", "retry", "", "type", "", "id", "");
        assertThat(request).isEqualTo(build("topic", "/a"));
        assertThat(request.retry()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "2000", "86400000"})
    void retryIsInDigits(String value) {
        assertThat(build("topic", "/a", "retry", value).retry()).isEqualTo(Integer.valueOf(value));
    }

    @Test
    void emptyTopicIsRefused() {
        assertRefused("topic", "topic", "");
    }

    @Test
    void dataOfTheLimitIsPossible() {
        assertThat(fields("topic", "/a", "msg", "éé").build(null, 4).data()).isEqualTo("éé");
    }

    @Test
    void dataAboveTheLimitIsTooLarge() {
        assertThatExceptionOfType(TooLargeException.class)
                .isThrownBy(() -> fields("topic", "/a", "msg", "éé").build(null, 3))
                .withMessageContainingAll("4 bytes", "at most 3", "tidings.limit.event-size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gap", "expiring", "caught-up"})
    void signalsOfTheHubsOwnAreNoTypes(String type) {
        assertRefused("type", "topic", "/a", "type", type);
    }

    @Test
    void topicsOf64KibTogetherArePossible() {
        assertThat(topics(32, 2_048).build(null, 1).topics()).hasSize(32);
    }

    @Test
    void moreThan64KibOfTopicsTogetherAreRefused() {
        PublishFields fields = topics(32, 2_048);
        fields.add("topic", "/");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> fields.build(null, 1))
                .withMessageContainingAll("topic: ", "65537 bytes", "at most 65536");
    }

    /** So many topics of so many bytes. */
    private static PublishFields topics(int count, int bytes) {
        var fields = new PublishFields();
        for (int i = 0; i < count; i++) {
            String number = "é" + i;
            fields.add("topic", number + "x".repeat(bytes - number.length() - 1));
        }
        return fields;
    }

    private static PublishRequest build(String... namesAndValues) {
        return fields(namesAndValues).build(null, 1 << 20);
    }

    private static PublishFields fields(String... namesAndValues) {
        var fields = new PublishFields();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static void assertRefused(String field, String... namesAndValues) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> build(namesAndValues))
                .withMessageStartingWith(field + ": ")
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
