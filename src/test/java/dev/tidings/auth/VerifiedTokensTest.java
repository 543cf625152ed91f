package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final ByteBuffer TOKEN = VerifiedTokens.digest("a.b.c");

    private final ManualClock clock = new ManualClock();
    private final VerifiedTokens tokens = new VerifiedTokens(clock);

    @Test
    void aTokenIsKnownByItsTextAndNoOther() {
        Grant grant = until(null);
        tokens.add(TOKEN, grant);
        assertThat(tokens.find(VerifiedTokens.digest("a.b.c"))).isSameAs(grant);
        assertThat(tokens.find(VerifiedTokens.digest("a.b.d"))).isNull();
    }

    @Test
    void aTokenIsForgottenAfterAMinute() {
        tokens.add(TOKEN, until(null));
        clock.advance(Duration.ofSeconds(VerifiedTokens.MAX_SECONDS - 1));
        assertThat(tokens.find(TOKEN)).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.find(TOKEN)).isNull();
    }

    @Test
    void aTokenIsForgottenWhenItExpires() {
        tokens.add(TOKEN, until(clock.instant().plusSeconds(10)));
        clock.advance(Duration.ofSeconds(9));
        assertThat(tokens.find(TOKEN)).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.find(TOKEN)).isNull();
    }

    @Test
    void nothingIsTakenForVerifiedByAClockThatWasSetBack() {
        tokens.add(TOKEN, until(null));
        clock.advance(Duration.ofSeconds(-1));
        assertThat(tokens.find(TOKEN)).isNull();
    }

    @Test
    void whatWasVerifiedFirstIsForgottenWhenThereAreTooMany() {
        Grant grant = until(null);
        for (int i = 0; i <= VerifiedTokens.MAX_TOKENS; i++) {
            tokens.add(VerifiedTokens.digest("token " + i), grant);
        }
        assertThat(tokens.find(VerifiedTokens.digest("token 0"))).isNull();
        assertThat(tokens.find(VerifiedTokens.digest("token 1"))).isNotNull();
        assertThat(tokens.find(VerifiedTokens.digest("token " + VerifiedTokens.MAX_TOKENS)))
                .isNotNull();
        assertThat(tokens.size()).isEqualTo(VerifiedTokens.MAX_TOKENS);
    }

    @Test
    void tokensThatHaveExpiredAreLetGoByTheNextThatIsVerified() {
        for (int i = 0; i < 10; i++) {
            tokens.add(VerifiedTokens.digest("token " + i), until(null));
        }
        assertThat(tokens.size()).isEqualTo(10);
        clock.advance(Duration.ofSeconds(VerifiedTokens.MAX_SECONDS));
        tokens.add(TOKEN, until(null));
        assertThat(tokens.size()).isOne();
    }

    @Test
    void tokenThatIsFoundToHaveExpiredIsLetGo() {
        tokens.add(TOKEN, until(null));
        clock.advance(Duration.ofSeconds(VerifiedTokens.MAX_SECONDS));
        assertThat(tokens.find(TOKEN)).isNull();
        assertThat(tokens.size()).isZero();
    }

    private static Grant until(@Nullable Instant expires) {
        SelectorSet nothing = SelectorSet.of(List.of());
        return new Grant("alice", nothing, nothing, null, expires);
    }
}
