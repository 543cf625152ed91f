package dev.tidings.ops;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A log as it is when its disk is full: what it holds can be read, and nothing can be added. */
record UnwritableLog(EventLog held) implements EventLog {

    @Override
    public void check(PublishRequest request) {
        held.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests) {
        throw new LogUnavailableException("no space left", new IOException());
    }

    @Override
    public void pass(PublishRequest request) {
        held.pass(request);
    }

    @Override
    public List<Event> readAfter(long place, int maxEvents, long maxBytes) {
        return held.readAfter(place, maxEvents, maxBytes);
    }

    @Override
    public Position find(String id) {
        return held.find(id);
    }

    @Override
    public Position start() {
        return held.start();
    }

    @Override
    public Position end() {
        return held.end();
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void follow(Consumer<List<Event>> listener) {
        held.follow(listener);
    }

    @Override
    public void close() {
        held.close();
    }
}
