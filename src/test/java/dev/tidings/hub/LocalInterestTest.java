package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalInterestTest {

    private final EventLog log = new MemoryLog(
            new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private final Hub hub = new Hub(log, 10, 1 << 20, Clock.systemUTC());
    private final LocalInterest interest = hub.interest("/clients/");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void thereAreNoneAsLongAsNobodyAsksForThoseTopics() {
        granted(List.of("*"), "/news");
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void whoMayNotHearIsNone() {
        granted(List.of("/news"), "*");
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void oneFollowsUntilItGoes() {
        RecordingSink operator = granted(List.of("/clients/{id}"), "/clients{/id}");
        assertThat(interest.isNone()).isFalse();
        operator.subscriber().end(DisconnectReason.CLOSED);
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void oneFollowsWhileItAsksForThem() {
        RecordingSink operator = granted(List.of("/clients/{id}"), "/news");
        ask(operator, "/clients/{id}");
        assertThat(interest.isNone()).isFalse();
        ask(operator, "/news");
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void oneMoreAndOneFewerAreCountedBesideOthers() {
        RecordingSink stays = granted(List.of("/clients/{id}"), "/clients/{id}");
        RecordingSink changes = granted(List.of("/clients/{id}"), "/news");
        ask(changes, "/clients/{id}");
        assertThat(interest.isNone()).isFalse();
        ask(changes, "/news");
        assertThat(interest.isNone()).isFalse();
        stays.subscriber().end(DisconnectReason.CLOSED);
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void interestIsOnlyInWhatOperatesTheHub() {
        assertThatNullPointerException().isThrownBy(() -> hub.interest("/news/"));
    }

    @Test
    void whoIsRefusedHasNoInterest() {
        assertThatIllegalStateException().isThrownBy(() -> refused("/clients/{id}"));
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void whoMayChangeNothingHasTheInterestOfBefore() {
        RecordingSink other = granted(List.of("/clients/{id}"), "/news");
        var told = new ArrayList<String>();
        interest.announceTo(recording(told, () -> {}));
        assertThatIllegalStateException()
                .isThrownBy(() -> other.subscriber().change(subscription -> {
                    throw new IllegalStateException("as if");
                }));
        assertThat(interest.isNone()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void otherNodesAreToldOfEachThatFollowsAndWhenTheLastHasGone() {
        var told = new ArrayList<String>();
        interest.announceTo(recording(told, () -> {}));
        granted(List.of("*"), "/clients/{id}");
        granted(List.of("/clients/{id}"), "/news").subscriber().end(DisconnectReason.CLOSED);
        assertThat(told).isEmpty();
        RecordingSink first = granted(List.of("/clients/{id}"), "/clients/{id}");
        RecordingSink second = granted(List.of("/clients/{id}"), "/news");
        ask(second, "/clients/{id}");
        assertThat(told).containsExactly("begun", "begun");
        ask(second, "/news");
        first.subscriber().end(DisconnectReason.CLOSED);
        assertThat(told).containsExactly("begun", "begun", "ended");
    }

    @Test
    void changeFromOneSuchTopicToAnotherEndsNoInterest() {
        var told = new ArrayList<String>();
        interest.announceTo(recording(told, () -> {}));
        RecordingSink operator = granted(List.of("/clients{/id}"), "/clients/{id}");
        ask(operator, "/clients{/id}");
        assertThat(told).containsExactly("begun", "begun");
    }

    /** What happens elsewhere once they know, and before the stream begins, is in the list that is read after that. */
    @Test
    void whoFollowsJoinsWhenOtherNodesKnowAndHoldsNobodyUpMeanwhile() {
        var told = new ArrayList<String>();
        interest.announceTo(recording(told, () -> {
            assertThat(interest.isNone()).isFalse();
            CompletableFuture<Subscriber> another = CompletableFuture.supplyAsync(
                    () -> RecordingSink.fresh(hub, "/a").subscriber());
            another.orTimeout(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join()
                    .end(DisconnectReason.CLOSED);
            assertThat(hub.clients().size()).isEqualTo(told.size() - 1);
        }));
        granted(List.of("/clients/{id}"), "/clients/{id}");
        granted(List.of("/clients/{id}"), "/clients/{id}");
        assertThat(told).containsExactly("begun", "begun");
        assertThat(hub.clients().size()).isEqualTo(2);
    }

    @Test
    void whoCannotBeAnnouncedIsRefused() {
        var told = new ArrayList<String>();
        interest.announceTo(recording(told, () -> {
            throw new LogUnavailableException("as if");
        }));
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> granted(List.of("/clients/{id}"), "/clients/{id}"));
        assertThat(hub.clients().size()).isZero();
        assertThat(interest.isNone()).isTrue();
        assertThat(told).containsExactly("begun", "ended");
    }

    @Test
    void whoseChangeCannotBeAnnouncedEnds() throws InterruptedException {
        RecordingSink operator = granted(List.of("/clients/{id}"), "/news");
        interest.announceTo(recording(new ArrayList<>(), () -> {
            throw new LogUnavailableException("as if");
        }));
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> ask(operator, "/clients/{id}"));
        assertThat(operator.awaitEnd()).isEqualTo(DisconnectReason.FAILED);
        assertThat(interest.isNone()).isTrue();
    }

    @Test
    void subscriberLeavesThoughOtherNodesCannotBeTold() throws InterruptedException {
        RecordingSink operator = granted(List.of("/clients/{id}"), "/clients/{id}");
        interest.announceTo(new LocalInterest.Announcer() {
            @Override
            public void begun() {}

            @Override
            public void ended() {
                throw new OutOfMemoryError("as if");
            }
        });
        operator.subscriber().end(DisconnectReason.CLOSED);
        assertThat(operator.awaitEnd()).isEqualTo(DisconnectReason.CLOSED);
        assertThat(hub.clients().size()).isZero();
    }

    private static LocalInterest.Announcer recording(List<String> told, Runnable begun) {
        return new LocalInterest.Announcer() {
            @Override
            public void begun() {
                told.add("begun");
                begun.run();
            }

            @Override
            public void ended() {
                told.add("ended");
            }
        };
    }

    private void refused(String topic) {
        var peer = new Peer(null, "caller", "192.0.2.1", "test", "sse", null);
        SelectorSet selectors = SelectorSet.parse(List.of(topic));
        hub.subscribe(new Subscription(selectors, selectors, peer, StartRequest.NOW), subscriber -> {
            throw new IllegalStateException("as if");
        });
    }

    private RecordingSink granted(List<String> grant, String topic) {
        return RecordingSink.granted(hub, null, grant, topic);
    }

    private static void ask(RecordingSink sink, String topic) {
        sink.subscriber().change(subscription -> subscription.withTopics(SelectorSet.parse(List.of(topic))));
    }
}
