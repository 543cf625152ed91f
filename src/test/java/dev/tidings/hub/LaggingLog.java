package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A log whose delivery is as far behind its end as a test wants it. */
final class LaggingLog implements EventLog {

    private final Semaphore allowed = new Semaphore(0);
    private volatile boolean failing;
    private volatile boolean losing;
    private volatile boolean rereading;
    private final AtomicInteger lost = new AtomicInteger();
    private final EventLog log;

    LaggingLog(EventLog log) {
        this.log = log;
    }

    /** Events that cannot be offered to anybody, as when memory runs out just then. */
    private static final class Failing extends ArrayList<Event> {

        private static final long serialVersionUID = 1;

        Failing(List<Event> events) {
            super(events);
        }

        @Override
        public List<Event> subList(int from, int to) {
            throw new OutOfMemoryError("as if");
        }
    }

    /** Has delivery fail from now on, before it has come to any subscriber; or no more. */
    void failing(boolean now) {
        failing = now;
    }

    /** Has what is accepted from now on never reach delivery, as when memory runs out between the two; or no more. */
    void losing(boolean now) {
        losing = now;
    }

    /** Has delivery get what is stored by then, as where the log is read from a server. */
    LaggingLog rereading() {
        rereading = true;
        return this;
    }

    /** How many batches were lost so. */
    int lost() {
        return lost.get();
    }

    /** Lets so many more events be delivered. */
    void deliver(int events) {
        allowed.release(events);
    }

    @Override
    public List<WorkerThread> threads() {
        return log.threads();
    }

    @Override
    public void follow(LogListener listener) {
        log.follow(batch -> {
            for (int from = 0, to; from < batch.size(); from = to) {
                allowed.acquireUninterruptibly();
                to = from + 1;
                while (to < batch.size() && allowed.tryAcquire()) {
                    to++;
                }
                if (losing) {
                    lost.incrementAndGet();
                    continue;
                }
                List<Event> events = rereading ? reread(batch.subList(from, to)) : batch.subList(from, to);
                listener.accepted(failing ? new Failing(events) : events);
            }
        });
    }

    private List<Event> reread(List<Event> events) {
        return requireNonNull(log.readAfter(events.get(0).sequence() - 1, events.size(), Long.MAX_VALUE));
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
        return log.readAfter(sequence, maxEvents, maxBytes);
    }

    @Override
    public int erase(Erasure erasure) {
        return log.erase(erasure);
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
    public Position soonEvicted() {
        return log.soonEvicted();
    }

    @Override
    public Stored stored() {
        return log.stored();
    }

    @Override
    public Positions positions() {
        return log.positions();
    }

    @Override
    public Position end() {
        return log.end();
    }

    @Override
    public @Nullable String fault() {
        return log.fault();
    }

    /** Lets everything be delivered, so that the log's thread can end. */
    @Override
    public void close() {
        allowed.release(Integer.MAX_VALUE / 2);
        log.close();
    }
}
