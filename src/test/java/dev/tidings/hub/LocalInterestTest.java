package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    private RecordingSink granted(List<String> grant, String topic) {
        return RecordingSink.granted(hub, null, grant, topic);
    }

    private static void ask(RecordingSink sink, String topic) {
        sink.subscriber().change(subscription -> subscription.withTopics(SelectorSet.parse(List.of(topic))));
    }
}
