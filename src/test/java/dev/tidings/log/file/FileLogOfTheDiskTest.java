package dev.tidings.log.file;

import static dev.tidings.log.Requests.WAIT;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.EventLog;
import dev.tidings.log.LocalLogContract;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Retention;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
}
