package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

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

    @Test
    void aGrantEndsWhenItsTokenExpires() {
        assertThat(expiringAt(NOON).ends(NOON.minusNanos(1))).isEqualTo(NOON);
        assertThat(Grant.anonymous().ends(NOON)).isNull();
    }

    /** The token was verified within the leeway. Otherwise there would be no grant. */
    @Test
    void aGrantOfAnExpiredTokenEndsWithTheLeeway() {
        assertThat(expiringAt(NOON).ends(NOON)).isEqualTo(NOON.plusSeconds(5));
        assertThat(expiringAt(NOON).ends(NOON.plusSeconds(1))).isEqualTo(NOON.plusSeconds(5));
    }

    private static Grant expiringAt(Instant expires) {
        SelectorSet nothing = SelectorSet.of(List.of());
        return new Grant("alice", nothing, nothing, null, expires);
    }
}
