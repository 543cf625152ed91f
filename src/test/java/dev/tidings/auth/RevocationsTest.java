package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final ManualClock clock = new ManualClock();
    private final Revocations revocations = new Revocations(clock);
    private final MemoryRevocations store = new MemoryRevocations(revocations);

    private Instant now() {
        return clock.instant();
    }

    private static Grant grant(@Nullable String user, @Nullable String jti, @Nullable Instant issued) {
        SelectorSet nothing = SelectorSet.of(List.of());
        return new Grant(user, nothing, nothing, null, null, issued, jti, null);
    }

    private Revocation ofUser(String user) {
        return Revocation.ofUser(user, now(), now().plus(DAY));
    }

    @Test
    void tokenIsRevokedByItsNameAndNoOther() {
        store.keep(Revocation.ofToken("t1", now().plus(DAY)));
        assertThat(revocations.revokes(grant("alice", "t1", now()))).isTrue();
        assertThat(revocations.revokes(grant("alice", "t2", now()))).isFalse();
        assertThat(revocations.revokes(grant("t1", null, now()))).isFalse();
    }

    @Test
    void tokensOfAUserAreRevokedThatAreOlderOrDoNotSay() {
        store.keep(ofUser("alice"));
        assertThat(revocations.revokes(grant("alice", "t1", now().minusNanos(1))))
                .isTrue();
        assertThat(revocations.revokes(grant("alice", null, null))).isTrue();
        assertThat(revocations.revokes(grant("alice", null, now()))).isFalse();
        assertThat(revocations.revokes(grant("bob", null, null))).isFalse();
        assertThat(revocations.revokes(grant(null, "alice", null))).isFalse();
    }

    @Test
    void revocationEndsAtItsTime() {
        store.keep(ofUser("alice"));
        clock.advance(DAY.minusMillis(1));
        assertThat(revocations.revokes(grant("alice", null, null))).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(revocations.revokes(grant("alice", null, null))).isFalse();
        assertThat(revocations.list(null, 10).revocations()).isEmpty();
    }

    @Test
    void thereIsOneForEachTokenAndUserWithTheLaterTimes() {
        Revocation first = store.keep(Revocation.ofUser("alice", now(), now().plus(DAY)));
        Revocation second =
                store.keep(Revocation.ofUser("alice", now().minusSeconds(9), now().plus(DAY.multipliedBy(2))));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.before()).isEqualTo(now());
        assertThat(second.until()).isEqualTo(now().plus(DAY.multipliedBy(2)));
        assertThat(revocations.size()).isEqualTo(1);
        assertThat(store.keep(Revocation.ofToken("alice", now().plus(DAY))).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void oneThatHasEndedIsNoPartOfAnotherThatComes() {
        store.keep(Revocation.ofUser("alice", now().plus(DAY), now().plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(store.keep(ofUser("alice")).before()).isEqualTo(now());
    }

    @Test
    void oneThatIsWithdrawnCountsNoMore() {
        Revocation kept = store.keep(ofUser("alice"));
        assertThat(store.withdraw(kept.id())).isTrue();
        assertThat(store.withdraw(kept.id())).isFalse();
        assertThat(revocations.revokes(grant("alice", null, null))).isFalse();
    }

    @Test
    void pagesHaveEachOnceInOrder() {
        for (int i = 0; i < 25; i++) {
            store.keep(Revocation.ofToken("t" + i, now().plus(DAY)));
        }
        var ids = new ArrayList<String>();
        Revocations.Page page = revocations.list(null, 10);
        while (page.more()) {
            assertThat(page.revocations()).hasSize(10);
            page.revocations().forEach(each -> ids.add(each.id()));
            page = revocations.list(ids.get(ids.size() - 1), 10);
        }
        page.revocations().forEach(each -> ids.add(each.id()));
        assertThat(ids).hasSize(25).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void thereAreAHundredThousandAtMost() {
        for (int i = 0; i < Revocations.MOST; i++) {
            store.keep(Revocation.ofToken("t" + i, now().plus(i == 7 ? Duration.ofHours(1) : DAY)));
        }
        assertThatThrownBy(() -> store.keep(ofUser("alice"))).isInstanceOf(TooManyRevocationsException.class);
        store.keep(Revocation.ofToken("t0", now().plus(DAY.multipliedBy(2))));
        clock.advance(Duration.ofHours(1));
        store.keep(ofUser("alice"));
        assertThat(revocations.size()).isEqualTo(Revocations.MOST);
    }

    @Test
    void watchOfATokenTellsOfARevocationThatCameBeforeAndAfter() {
        BooleanSupplier before = revocations.watch(grant("alice", null, null));
        assertThat(before.getAsBoolean()).isFalse();
        store.keep(ofUser("bob"));
        assertThat(before.getAsBoolean()).isFalse();
        Revocation kept = store.keep(ofUser("alice"));
        BooleanSupplier after = revocations.watch(grant("alice", null, null));
        assertThat(before.getAsBoolean()).isTrue();
        assertThat(after.getAsBoolean()).isTrue();
        store.withdraw(kept.id());
        assertThat(before.getAsBoolean()).as("it stays so").isTrue();
    }

    @Test
    void oneIsReadAsItWasWritten() {
        Revocation ofUser = Revocation.ofUser("a b:j", Instant.parse("0001-01-01T00:00:00Z"), now());
        assertThat(Revocation.parse(ofUser.text())).isEqualTo(ofUser);
        Revocation ofToken = Revocation.ofToken("j 1", now());
        assertThat(Revocation.parse(ofToken.text()).jti()).isEqualTo("j 1");
        assertThatThrownBy(() -> Revocation.parse("0 1 xname")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Revocation.parse("0 1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesAreNeverRoundedDown() {
        Revocation kept = Revocation.ofUser("alice", Instant.ofEpochSecond(5, 1), now());
        assertThat(kept.before()).isEqualTo(Instant.ofEpochMilli(5_001));
    }
}
