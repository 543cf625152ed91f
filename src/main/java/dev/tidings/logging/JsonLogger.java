package dev.tidings.logging;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A logger whose messages are JSON objects. Another logger writes them, with whatever stands around a message there.
 *
 * <p>A stack trace is a member of the object, since it would be lines of its own otherwise.
 *
 * <p><b>Threads.</b> Any.
 */
final class JsonLogger implements System.Logger {

    private final System.Logger writer;

    JsonLogger(System.Logger writer) {
        this.writer = writer;
    }

    @Override
    public String getName() {
        return writer.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return writer.isLoggable(level);
    }

    @Override
    public void log(Level level, Object line) {
        write(level, line instanceof LogLine lined ? lined : LogLine.of(line.toString()), null);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        write(level, LogLine.of(String.valueOf(message)), thrown);
    }

    /** The hub gives no parameters. A message with some is not put together here, and stays as it is. */
    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Object @Nullable ... parameters) {
        write(level, LogLine.of(String.valueOf(message)), null);
    }

    private void write(Level level, LogLine line, @Nullable Throwable thrown) {
        if (writer.isLoggable(level)) {
            writer.log(level, JsonLine.of(level.getName(), getName(), line, thrown));
        }
    }
}
