package dev.tidings.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What one logger has logged since this was opened.
 *
 * <p><b>Threads.</b> Any may log; one reads.
 */
public final class LogRecorder extends Handler implements AutoCloseable {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Level> levels = new CopyOnWriteArrayList<>();

    /** Kept here, because the JDK forgets a logger that nobody has. */
    private final Logger logger;

    private LogRecorder(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** Records what this class logs, until it is closed. */
    public static LogRecorder of(Class<?> logging) {
        return new LogRecorder(logging.getName());
    }

    /** Records what the logger of this name logs, until it is closed. */
    public static LogRecorder named(String name) {
        return new LogRecorder(name);
    }

    /** What was logged, the first line first. */
    public List<String> messages() {
        return messages;
    }

    /** The levels of the same lines. */
    public List<Level> levels() {
        return levels;
    }

    @Override
    public void publish(LogRecord line) {
        levels.add(line.getLevel());
        messages.add(line.getMessage());
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
