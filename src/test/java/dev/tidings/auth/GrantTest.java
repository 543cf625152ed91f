package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrantTest {

    @Test
    void anonymousHasNoPrivateEvents() {
        assertThat(Grant.anonymous().subscribe().matches("/all")).isFalse();
        assertThat(Grant.anonymous().user()).isNull();
        assertThat(Grant.anonymous().expires()).isNull();
    }

    @Test
    void aGrantDoesNotHoldItsToken() {
        String token = TokenText.of("{\"sub\":\"alice\"}");
        assertThat(Verifiers.hs256().verify(token).toString())
                .doesNotContain(token)
                .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
    }
}
