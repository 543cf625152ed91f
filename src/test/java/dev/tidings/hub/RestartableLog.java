package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A log that loses all it has and begins anew when a test says so, as one outside the process may. */
final class RestartableLog implements EventLog {

    private final Supplier<EventLog> empty;
    private volatile EventLog log;
    private volatile boolean away;
    private @Nullable LogListener listener;

    RestartableLog(Supplier<EventLog> empty) {
        this.empty = empty;
        this.log = empty.get();
    }

    /** It is not there until it {@linkplain #beginAnew begins anew}. */
    RestartableLog away() {
        away = true;
        return this;
    }

    private EventLog there() {
        if (away) {
            throw new LogUnavailableException("it is not there yet");
        }
        return log;
    }

    /** Loses everything. */
    void beginAnew() {
        LogListener follower = requireNonNull(listener);
        log.close();
        EventLog next = empty.get();
        follower.begins(next.end().sequence());
        next.follow(follower);
        log = next;
        away = false;
    }

    /** Says that passing events are missing. */
    void miss(boolean byAll) {
        requireNonNull(listener).missed(byAll);
    }

    @Override
    public void follow(LogListener follower) {
        listener = follower;
        log.follow(follower);
    }

    @Override
    public void check(PublishRequest request) {
        log.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        return log.append(requests, once);
    }

    @Override
    public void pass(PublishRequest request) {
        log.pass(request);
    }

    @Override
    public @Nullable List<Event> readAfter(long sequence, int maxEvents, long maxBytes) {
        return there().readAfter(sequence, maxEvents, maxBytes);
    }

    @Override
    public int erase(Erasure erasure) {
        return there().erase(erasure);
    }

    @Override
    public @Nullable Position find(String id) {
        return there().find(id);
    }

    @Override
    public Positions positions() {
        return there().positions();
    }

    @Override
    public Position start() {
        return there().start();
    }

    @Override
    public Stored stored() {
        return there().stored();
    }

    @Override
    public Position soonEvicted() {
        return log.soonEvicted();
    }

    @Override
    public Position end() {
        return there().end();
    }

    @Override
    public @Nullable String fault() {
        return log.fault();
    }

    @Override
    public List<WorkerThread> threads() {
        return log.threads();
    }

    @Override
    public void close() {
        log.close();
    }
}
