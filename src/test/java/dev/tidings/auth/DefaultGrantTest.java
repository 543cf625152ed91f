package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultGrantTest {

    private static final DefaultGrant GRANT =
            new DefaultGrant(List.of("/users/{sub}", "/all"), List.of("/users/{sub}"));

    @ParameterizedTest
    @CsvSource({
        "alice, /users/alice",
        "*, /users/%2A",
        "{x}, /users/%7Bx%7D",
        "a/b, /users/a%2Fb",
        "a b, /users/a%20b",
        "é, /users/%C3%A9"
    })
    void aUserReachesTheirOwnInbox(String user, String inbox) {
        assertThat(GRANT.subscribe(user).matches(inbox)).isTrue();
        assertThat(GRANT.publish(user).matches(inbox)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "{x}", "{+x}", "{/x}", "alice/../bob", "../bob", "%62ob", "bob/", "{sub}"})
    void noUserNameReachesIntoAnothersInbox(String user) {
        assertThat(GRANT.subscribe(user).matches("/users/bob")).isFalse();
        assertThat(GRANT.publish(user).matches("/users/bob")).isFalse();
    }

    @Test
    void aUserNameAloneBecomesNoSelectorForEverything() {
        assertThat(new DefaultGrant(List.of("{sub}"), List.of()).subscribe("*").matches("/all"))
                .isFalse();
    }

    @Test
    void nobodysGrantLacksWhatIsForUsers() {
        assertThat(GRANT.publish(null).isEmpty()).isTrue();
        assertThat(GRANT.subscribe(null).matches("/all")).isTrue();
        assertThat(GRANT.subscribe(null).matches("/users/{sub}")).isFalse();
        assertThat(GRANT.subscribe(null).matches("/users/bob")).isFalse();
    }

    @Test
    void otherVariablesStayTemplates() {
        DefaultGrant grant = new DefaultGrant(List.of("/rooms/{room}/{sub}"), List.of());
        assertThat(grant.subscribe("alice").matches("/rooms/kitchen/alice")).isTrue();
        assertThat(grant.subscribe("alice").matches("/rooms/kitchen/bob")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a\n", "/users/{sub", "/users/sub}", "/{sub}/{a b}", "/{sub}/{", "{}"})
    void whatIsNoSelectorIsRefusedAtOnce(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DefaultGrant(List.of("/all"), List.of(text)))
                .withMessageContaining("is not a topic selector");
    }

    /** In these the variable would match any text, and so the topics of every user. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/{+sub}",
                "/users{/sub}",
                "/users/{sub*}",
                "/users/{sub:9}",
                "/{a,sub}",
                "/users{?sub}",
                "/{sub}/{+sub}"
            })
    void aPlaceOfTheUserThatIsOthersTooIsRefusedAtOnce(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DefaultGrant(List.of(text), List.of()))
                .withMessageContaining("would be the same for all users");
    }

    @Test
    void variablesThatOnlyBeginLikeTheUserAreTemplates() {
        assertThat(new DefaultGrant(List.of("/{subject}/{sub_x}/{sub.x}"), List.of())
                        .subscribe("alice")
                        .matches("/a/b/c"))
                .isTrue();
    }

    @Test
    void whatWouldBeTooLongForSomeUserIsRefusedAtOnce() {
        String text = "/" + "a".repeat(1300) + "/{sub}";
        assertThatIllegalArgumentException().isThrownBy(() -> new DefaultGrant(List.of(text), List.of()));
    }
}
