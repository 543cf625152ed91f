package dev.tidings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TokenEndTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void itsNoticeIsDueThirtySecondsBeforeAndTakenOnce() {
        var end = new TokenEnd(TokenLife.until(NOW.plusSeconds(31)));
        end.look(NOW);
        assertThat(end.noticeDue()).isFalse();
        end.look(NOW.plusSeconds(1));
        assertThat(end.noticeDue()).isTrue();
        assertThat(end.takeNotice()).isEqualTo(NOW.plusSeconds(31));
        end.look(NOW.plusSeconds(2));
        assertThat(end.takeNotice()).isNull();
        assertThat(end.passed(NOW.plusMillis(30_999))).isFalse();
        assertThat(end.passed(NOW.plusSeconds(31))).isTrue();
    }

    @Test
    void thereMayBeNone() {
        var end = new TokenEnd(TokenLife.until(null));
        end.look(Instant.MAX);
        assertThat(end.takeNotice()).isNull();
        assertThat(end.passed(Instant.MAX)).isFalse();
    }

    /** The timer looks between the renewal and its answer. */
    @Test
    void ofARenewedTokenNothingIsSaidBeforeItsAnswer() {
        var end = new TokenEnd(TokenLife.until(NOW.plusSeconds(5)));
        Runnable answered = end.renew(TokenLife.until(NOW.plusSeconds(7)));
        end.look(NOW);
        assertThat(end.noticeDue()).isFalse();
        assertThat(end.takeNotice()).isNull();
        answered.run();
        end.look(NOW);
        assertThat(end.takeNotice()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void renewedTokenCountsAtOnce() {
        var end = new TokenEnd(TokenLife.until(NOW.plusSeconds(5)));
        end.renew(TokenLife.until(NOW.plusSeconds(7)));
        assertThat(end.passed(NOW.plusSeconds(6))).isFalse();
        assertThat(end.passed(NOW.plusSeconds(7))).isTrue();
    }

    @Test
    void noticeThatWasDueIsNotSaidOfATokenThatWasRenewed() {
        var end = new TokenEnd(TokenLife.until(NOW.plusSeconds(5)));
        end.look(NOW);
        end.renew(TokenLife.until(NOW.plusSeconds(3_600))).run();
        assertThat(end.takeNotice()).isNull();
        end.look(NOW);
        assertThat(end.takeNotice()).isNull();
    }

    @Test
    void answerToTheFirstOfTwoRenewalsSaysNothingOfTheSecond() {
        var end = new TokenEnd(TokenLife.until(NOW.plusSeconds(5)));
        Runnable first = end.renew(TokenLife.until(NOW.plusSeconds(7)));
        Runnable second = end.renew(TokenLife.until(NOW.plusSeconds(9)));
        first.run();
        end.look(NOW);
        assertThat(end.takeNotice()).isNull();
        second.run();
        end.look(NOW);
        assertThat(end.takeNotice()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void revokedTokenHasEndedAndTheOneThatReplacesItHasNot() {
        var revoked = new AtomicBoolean();
        var end = new TokenEnd(new TokenLife(null, revoked::get));
        assertThat(end.revoked()).isFalse();
        revoked.set(true);
        assertThat(end.revoked()).isTrue();
        end.renew(TokenLife.until(null));
        assertThat(end.revoked()).isFalse();
        end.renew(new TokenLife(NOW, revoked::get));
        assertThat(end.revoked()).isTrue();
    }
}
