package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log whose delivery is as far behind its end as a test wants it. */
final class LaggingLog implements EventLog {

    private final Semaphore allowed = new Semaphore(0);
    private final EventLog log;

    LaggingLog(EventLog log) {
        this.log = log;
    }

    /** Lets so many more events be delivered. */
    void deliver(int events) {
        allowed.release(events);
    }

    @Override
    public void follow(Consumer<List<Event>> listener) {
        log.follow(batch -> batch.forEach(event -> {
            allowed.acquireUninterruptibly();
            listener.accept(List.of(event));
        }));
    }

    @Override
    public void check(PublishRequest request) {
        log.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests) {
        return log.append(requests);
    }

    @Override
    public void pass(PublishRequest request) {
        log.pass(request);
    }

    @Override
    public @Nullable List<Event> readAfter(long place, int maxEvents, long maxBytes) {
        return log.readAfter(place, maxEvents, maxBytes);
    }

    @Override
    public @Nullable Position find(String id) {
        return log.find(id);
    }

    @Override
    public Position start() {
        return log.start();
    }

    @Override
    public Position fading() {
        return log.fading();
    }

    @Override
    public Position end() {
        return log.end();
    }

    @Override
    public boolean writable() {
        return log.writable();
    }

    /** Lets everything be delivered, so that the log's thread can end. */
    @Override
    public void close() {
        allowed.release(Integer.MAX_VALUE / 2);
        log.close();
    }
}
