package dev.tidings.log.file;

import static dev.tidings.log.Requests.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.EventLog;
import dev.tidings.log.LocalLogContract;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log promises holds for events that only its file has, too. Elsewhere memory has all that a test publishes. */
class FileLogOfTheDiskTest extends LocalLogContract {

    private static final Retention ONE = new Retention(1, Duration.ofHours(1), 1, SelectorSet.of(List.of()));

    @TempDir
    private Path folder;

    private int files;

    @Override
    protected EventLog open(Retention retention, Clock clock) {
        var file = new LogFile(folder.resolve("log-" + files++), "");
        LogFile.Opened found = file.openFirst(retention, clock.instant());
        var opened = new LogFile.Opened(found.store(), found.index(), new RecentEvents(ONE));
        return new FileLog(file, new DurableStore(file, opened.store()), opened, retention, clock, WAIT);
    }

    @Test
    void fileStaysSmallWhileItIsRead() throws IOException {
        EventLog log = log(retention(1_000, Duration.ofHours(1), 1L << 30));
        List<PublishRequest> batch = Collections.nCopies(100, Requests.of("x".repeat(1_000)));
        for (int n = 0; n < 300; n++) {
            log.append(batch);
            assertThat(log.readAfter(log.start().sequence(), 10, 1 << 20)).isNotEmpty();
        }
        assertThat(Files.size(folder.resolve("log-0"))).isLessThan(8L << 20);
    }
}
