package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends EventLogContract {

    @Override
    EventLog open(Retention retention, Clock clock) {
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
}
