package dev.tidings.publish;

import dev.tidings.auth.Grant;
import dev.tidings.event.Event;
import dev.tidings.hub.FailureLog;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes a line into the container's log for each publish of a client, without its data, if the logger {@value #NAME} is set
 * to {@code DEBUG}. If it is not, a publish costs one look at the level.
 *
 * <p><b>Threads.</b> Any. The publisher's writes its line.
 */
final class PublishLog {

    static final String NAME = "dev.tidings.publishes";

    private static final System.Logger LOG = Logs.of(NAME);

    private PublishLog() {}

    /** Publishes, and writes the line. What fails afterwards fails no publish. */
    static List<Event> around(Grant grant, Supplier<List<Event>> publish) {
        if (!LOG.isLoggable(Level.DEBUG)) {
            return publish.get();
        }
        long begun = System.nanoTime();
        List<Event> events = publish.get();
        try {
            LOG.log(Level.DEBUG, line(grant, events, System.nanoTime() - begun));
        } catch (Throwable failure) {
            FailureLog.error(LOG, "a publish could not be logged", failure);
        }
        return events;
    }

    private static LogLine line(Grant grant, List<Event> events, long nanos) {
        Event first = events.get(0);
        LogLine line = LogLine.of("published")
                .add("user", grant.user())
                .add("jti", grant.jti())
                .add("id", first.id());
        if (events.size() > 1) {
            line.add("events", events.size());
        }
        return line.addList("topics", "topicCount", first.topics())
                .add("bytes", events.stream().mapToLong(Event::textSize).sum())
                .add("milliseconds", BigDecimal.valueOf(TimeUnit.NANOSECONDS.toMicros(nanos), 3))
                .add("traceparent", first.traceparent());
    }
}
