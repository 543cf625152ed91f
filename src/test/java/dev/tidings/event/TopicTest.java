package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "/all", "https://example.com/books/1?x=%20#f", "/中/\uD83D\uDE00", "{a}", "*"})
    void anyTextIsATopic(String topic) {
        assertThat(Topic.check(topic)).isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\n",
                "\0",
                "\t",
                "\u001F",
                "a\u007Fb",
                "\u0080",
                "\u009F",
                "\uD83D",
                "\uDE00a",
                "\uDE00\uD83D"
            })
    void controlsAndLoneSurrogatesAreRefused(String topic) {
        assertThatThrownBy(() -> Topic.check(topic))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("topic: ");
    }

    @Test
    void twoKibibytesAreATopic() {
        assertThat(Topic.check("é".repeat(1024))).hasSize(1024);
    }

    @Test
    void moreThanTwoKibibytesAreRefused() {
        assertThatThrownBy(() -> Topic.check("é".repeat(1024) + "a")).hasMessageContaining("2049");
    }

    @Test
    void unreservedCharactersStay() {
        assertThat(Topic.percentEncode("AZaz09-._~")).isEqualTo("AZaz09-._~");
    }

    @Test
    void everythingElseBecomesUpperCaseTriplets() {
        assertThat(Topic.percentEncode("/%{é中\uD83D\uDE00\n")).isEqualTo("%2F%25%7B%C3%A9%E4%B8%AD%F0%9F%98%80%0A");
    }

    @Test
    void loneSurrogateCannotBeEncoded() {
        assertThatThrownBy(() -> Topic.percentEncode("a\uD800")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void userNameCannotLeaveItsInbox() {
        assertThat(Topic.ofUser("a/../{b}?")).isEqualTo("/users/a%2F..%2F%7Bb%7D%3F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/alice@example.com", "/users/Ålice", "/users/a b"})
    void whoNamesAUserAsHeIsIsToldTheInbox(String topic) {
        String user = topic.substring("/users/".length());
        assertThat(Topic.inboxAdvice(topic)).contains("to=" + user, Topic.ofUser(user));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/alice",
                "/users/alice%40example.com",
                "/users/alice/@home",
                "/users/",
                "/orders/alice@example.com",
                "/users/{id}@home"
            })
    void everyOtherTopicIsMeantAsItIs(String topic) {
        assertThat(Topic.inboxAdvice(topic)).isNull();
    }

    @Test
    void topicUnderUsersIsAUsers() {
        assertThat(Topic.isUsers("/users/alice/devices")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users", "/users?x", "/usersall/x", "users/x", "https://example.com/users/x", "/Users/x"})
    void topicElsewhereIsNobodys(String topic) {
        assertThat(Topic.isUsers(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clients",
                "/clients/",
                "/clients/1",
                "/clients?user=a",
                "/clients#x",
                "/clients;x",
                "/clients%2F1",
                "/clients/../x",
                "/clients,x",
                "/clients:1",
                "/clients é"
            })
    void pathAndWhatGoesOnFromItAreUnderIt(String topic) {
        assertThat(Topic.isUnder(topic, "/clients")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/client",
                "/clientsa",
                "/clients-x",
                "/clients.json",
                "%2Fclients",
                "//clients",
                "/x/../clients",
                "/a/clients",
                "clients"
            })
    void otherTopicsAreNotUnderAPath(String topic) {
        assertThat(Topic.isUnder(topic, "/clients")).isFalse();
    }
}
