package dev.tidings.hub;

import dev.tidings.log.Retention;
import dev.tidings.log.file.FileLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

class FileLogHistoryTest extends GeneratedHistory {

    @Override
    Restartable log() {
        Path file = folder().resolve("log");
        return new Restartable() {

            @Override
            public EventLog open(Retention retention, Clock clock) {
                return FileLog.open(file, retention, clock, new BoundedWait(Duration.ofSeconds(30)));
            }

            @Override
            public boolean survives() {
                return true;
            }

            @Override
            public void close() {
                for (Path left : List.of(file, file.resolveSibling("log.lock"), file.getParent())) {
                    left.toFile().delete();
                }
            }
        };
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("history");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
