package dev.tidings.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import dev.tidings.log.LocalLogContract;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLogTest extends LocalLogContract {

    @Override
    protected EventLog open(Retention retention, Clock clock) {
        return new MemoryLog(retention, clock);
    }

    @Test
    void positionFromBeforeARestartIsUnknown() {
        Retention retention = retention(10, Duration.ofHours(1), 1 << 20);
        EventLog before = log(retention);
        String id = before.append(List.of(new PublishRequest(List.of("/a"), null, "1", null, null, false)))
                .get(0)
                .id();
        assertThat(before.find(id)).isNotNull();
        assertThat(log(retention).find(id)).isNull();
    }

    @Test
    void whatAHistoryTakesAtMostIsSaidBeforehand() {
        assertThat(MemoryLog.memory(10, 1_000)).isEqualTo(3 * 1_000 + 10 * (512 + 32));
    }

    /** Ordinary texts fill the bounds that operators set; the bound on memory is for others. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "ж", "中", "x\uD83D\uDE80xxxxxxxxxxxxxxxxxxxxxx", "a line of some thirty letters.\n"})
    void ordinaryTextsFillTheBoundsThatOperatorsSet(String text) {
        int bytes = 200 * 1_000;
        EventLog log = log(retention(200, Duration.ofHours(1), bytes));
        String data = text.repeat(997 / text.getBytes(StandardCharsets.UTF_8).length);
        for (int n = 0; n < 300; n++) {
            log.append(List.of(new PublishRequest(List.of("/a"), null, data, null, null, false)));
        }
        assertThat(Requests.events(log)).hasSize(200);
    }

    /** Found when events of line breaks alone, or of a thousand topics, took ten and twenty times what was counted. */
    @Test
    void eventsThatTakeFarMoreThanTheirTextPushTheOldestOutEarlier() {
        Retention retention = retention(1_000, Duration.ofHours(1), 1 << 20);
        List<String> topics =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        for (PublishRequest request : List.of(
                new PublishRequest(List.of("/a"), null, "\n".repeat(2_000), null, null, false),
                new PublishRequest(topics, null, "x", null, null, false))) {
            EventLog log = log(retention);
            for (int n = 0; n < 500; n++) {
                log.append(List.of(request));
            }
            List<Event> held = Requests.events(log);
            assertThat(held.stream().mapToLong(Event::size).sum())
                    .isLessThan(MemoryLog.memory(1_000, 1 << 20))
                    .isGreaterThan(MemoryLog.memory(1_000, 1 << 20) * 9 / 10);
            assertThat(log.soonEvicted().sequence())
                    .isBetween(
                            log.end().sequence() - held.size() * 2 / 3,
                            log.end().sequence());
        }
    }
}
