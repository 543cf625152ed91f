package dev.tidings.hub;

import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import java.time.Clock;

class MemoryLogHistoryTest extends GeneratedHistory {

    @Override
    Restartable log() {
        return new Restartable() {

            @Override
            public EventLog open(Retention retention, Clock clock) {
                return new MemoryLog(retention, clock);
            }

            @Override
            public boolean survives() {
                return false;
            }

            @Override
            public void close() {
                // Nothing of it is left.
            }
        };
    }
}
