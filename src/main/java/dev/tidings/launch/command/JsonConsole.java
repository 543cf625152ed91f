package dev.tidings.launch.command;

import dev.tidings.logging.JsonLine;
import dev.tidings.logging.LogLine;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Has the console show one JSON object a line, whoever logs. What the operator has said of levels stays.
 *
 * <p>The hub in its web application makes its objects by itself, because it does so in every container. Jetty and the launcher
 * do not.
 *
 * <p><b>Threads.</b> Any.
 */
final class JsonConsole extends Formatter {

    /** The words of the hub's own loggers for the levels of the JDK's. */
    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        } else if (value >= Level.WARNING.intValue()) {
            return "WARNING";
        } else if (value >= Level.CONFIG.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** Has the console write JSON. */
    static void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                handler.setFormatter(new JsonConsole());
            }
        }
    }

    @Override
    public String format(LogRecord line) {
        String message = String.valueOf(formatMessage(line));
        String json = JsonLine.isOne(message)
                ? message
                : JsonLine.of(
                        word(line.getLevel()),
                        String.valueOf(line.getLoggerName()),
                        LogLine.of(message),
                        line.getThrown());
        return json + System.lineSeparator();
    }
}
