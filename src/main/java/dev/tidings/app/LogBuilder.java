package dev.tidings.app;

import static dev.tidings.app.Checked.checked;

import dev.tidings.config.Settings;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.StrictSelector;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.EventLog;
import dev.tidings.log.Retention;
import dev.tidings.log.file.FileLog;
import dev.tidings.log.memory.MemoryLog;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the log that the settings name. A further kind of log is added here. */
final class LogBuilder {

    private LogBuilder() {}

    /**
     * @param wait how publishers wait for a log that takes its time
     * @throws IllegalArgumentException with a sentence for the operator, when it cannot be opened
     */
    static EventLog open(Settings settings, BoundedWait wait, Clock clock) {
        String log = settings.log();
        if (!log.startsWith(Settings.FILE_LOG)) {
            return new MemoryLog(retention(settings.history()), clock);
        }
        var path = Path.of(log.substring(Settings.FILE_LOG.length()));
        return checked("tidings.log", () -> FileLog.open(path, retention(settings.history()), clock, wait));
    }

    private static Retention retention(Settings.History history) {
        SelectorSet skip = checked(
                "tidings.history.skip",
                () -> SelectorSet.of(
                        history.skip().stream().map(StrictSelector::of).toList()));
        return new Retention(history.events(), history.age(), history.bytes(), skip);
    }
}
