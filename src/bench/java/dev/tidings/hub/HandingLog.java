package dev.tidings.hub;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log that delivers what it is told to, on the thread that tells it, and holds nothing. */
final class HandingLog implements EventLog {

    final Epoch epoch = Epoch.startingAt(Instant.EPOCH);
    private Position end = new Position(epoch, 0);
    private LogListener listener = events -> {};

    void hand(Event event) {
        end = event.position();
        listener.accepted(List.of(event));
    }

    @Override
    public void follow(LogListener listener) {
        this.listener = listener;
    }

    @Override
    public Position start() {
        return new Position(epoch, 0);
    }

    @Override
    public Position soonEvicted() {
        return start();
    }

    @Override
    public Stored stored() {
        return new Stored(0, 0, null);
    }

    @Override
    public Positions positions() {
        return end::at;
    }

    @Override
    public Position end() {
        return end;
    }

    @Override
    public @Nullable String fault() {
        return null;
    }

    @Override
    public List<WorkerThread> threads() {
        return List.of();
    }

    @Override
    public void check(PublishRequest request) {
        // Nothing is published.
    }

    @Override
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pass(PublishRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Event> readAfter(long sequence, int maxEvents, long maxBytes) {
        return List.of();
    }

    @Override
    public int erase(Erasure erasure) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Position find(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // There is nothing to stop.
    }
}
