package dev.tidings.app;

import static dev.tidings.app.Checked.checked;

import dev.tidings.auth.MemoryRevocations;
import dev.tidings.auth.RevocationStore;
import dev.tidings.auth.Revocations;
import dev.tidings.config.Settings;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.StrictSelector;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.EventLog;
import dev.tidings.log.Retention;
import dev.tidings.log.file.FileLog;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.log.redis.RedisLog;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Opens the log that the settings name, if it is of this process. A further kind of log is added here.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class LogBuilder {

    private LogBuilder() {}

    /**
     * Opens the log.
     *
     * @param wait how publishers wait for a log that is slow
     * @throws IllegalArgumentException with a sentence for the operator, when it cannot be opened
     */
    static EventLog open(Settings settings, BoundedWait wait, Clock clock) {
        if (!isFile(settings)) {
            return new MemoryLog(retention(settings.history()), clock);
        }
        var path = Path.of(settings.log().substring(Settings.FILE_LOG.length()));
        return checked("tidings.log", () -> FileLog.open(path, retention(settings.history()), clock, wait));
    }

    /** Keeps revocations where this log keeps its events. */
    static RevocationStore revocations(EventLog log, Revocations index) {
        return log instanceof FileLog file
                ? checked("tidings.log", () -> file.revocations(index))
                : new MemoryRevocations(index);
    }

    /** The most bytes of the heap that the history of that log may take. */
    static long memory(Settings settings) {
        Settings.History history = settings.history();
        if (settings.isLogOnRedis()) {
            return RedisLog.memory(history.events(), history.bytes());
        }
        return isFile(settings)
                ? FileLog.memory(history.events(), history.bytes())
                : MemoryLog.memory(history.events(), history.bytes());
    }

    private static boolean isFile(Settings settings) {
        return settings.log().startsWith(Settings.FILE_LOG);
    }

    /** How much of the log is stored. */
    static Retention retention(Settings.History history) {
        SelectorSet skip = checked(
                "tidings.history.skip",
                () -> SelectorSet.of(
                        history.skip().stream().map(StrictSelector::of).toList()));
        return new Retention(history.events(), history.age(), history.bytes(), skip);
    }
}
