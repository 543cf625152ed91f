package dev.tidings.testing;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.hub.Positions;
import dev.tidings.hub.Stored;
import dev.tidings.hub.WorkerThread;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A log that can be taken down and brought up again: writing, as when its disk is full, or reading as well. Or it takes
 * longer than anybody waits, as when its disk hangs.
 */
public final class FaultyLog implements EventLog {

    private static final int ALL_PAGES = Integer.MAX_VALUE;

    private volatile EventLog held;
    private volatile @Nullable EventLog replica;
    private volatile @Nullable LogListener listener;
    private volatile boolean readable = true;
    /** How many pages can still be read. */
    private final AtomicInteger pages = new AtomicInteger(ALL_PAGES);

    private volatile boolean writable = true;
    private volatile boolean late;
    private volatile boolean starved;
    private volatile boolean starvedAfterwards;
    private volatile boolean broken;
    private final List<Late> waiting = new CopyOnWriteArrayList<>();

    /** What is accepted, or refused, when nobody waits for it any more. */
    private record Late(List<PublishRequest> requests, CompletableFuture<List<Event>> outcome) {}

    /** A log that is well. */
    public FaultyLog(EventLog held) {
        this.held = held;
    }

    /** From now on nothing can be added; what it holds can be read. */
    public FaultyLog unwritable() {
        writable = false;
        return this;
    }

    /** From now on nothing can be added or read. */
    public FaultyLog down() {
        readable = false;
        return unwritable();
    }

    /** From now on there is no memory to add anything. */
    public FaultyLog starved() {
        starved = true;
        return this;
    }

    /** From now on there is no memory, once for each, to look at what was added. */
    public FaultyLog starvedAfterwards() {
        starvedAfterwards = true;
        return this;
    }

    /** From now on there is a defect in it. */
    public FaultyLog broken() {
        broken = true;
        return this;
    }

    /** From now on no page of history can be read, as when the disk fails in the middle of a replay. */
    public FaultyLog withoutPages() {
        return onlyPages(0);
    }

    /** From now on only so many pages of history can be read. */
    public FaultyLog onlyPages(int count) {
        pages.set(count);
        return this;
    }

    /** From now on nobody is told in time what became of what he added. */
    public FaultyLog late() {
        late = true;
        return this;
    }

    /** This log takes the place of the other as soon as that is asked to confirm what it has, as a replica that is promoted. */
    public FaultyLog failsOverTo(EventLog promoted) {
        replica = promoted;
        return this;
    }

    /** Whether anything is late. */
    public boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    /** Adds what nobody waits for any more. */
    public void acceptLate() {
        waiting.forEach(one -> one.outcome().complete(held.append(one.requests())));
        waiting.clear();
    }

    /** Refuses it. */
    public void refuseLate() {
        waiting.forEach(one -> one.outcome().completeExceptionally(new LogUnavailableException("no space left")));
        waiting.clear();
    }

    /** All is well again. */
    public FaultyLog up() {
        readable = true;
        pages.set(ALL_PAGES);
        writable = true;
        late = false;
        starved = false;
        starvedAfterwards = false;
        broken = false;
        return this;
    }

    private EventLog forReading() {
        if (!readable) {
            throw new LogUnavailableException("the disk is gone", new IOException());
        }
        return held;
    }

    @Override
    public void check(PublishRequest request) {
        held.check(request);
    }

    @Override
    public List<Event> append(List<PublishRequest> requests, @Nullable Once once) {
        if (starved) {
            throw new OutOfMemoryError("as if");
        }
        if (broken) {
            throw new IllegalStateException("as if it had a defect");
        }
        if (!writable) {
            throw new LogUnavailableException("no space left", new IOException());
        }
        if (late) {
            var outcome = new CompletableFuture<List<Event>>();
            waiting.add(new Late(requests, outcome));
            throw new OutcomeUnknownException("the disk does not answer", outcome);
        }
        List<Event> events = held.append(requests);
        return starvedAfterwards ? seenAtTheSecondLook(events) : events;
    }

    private static List<Event> seenAtTheSecondLook(List<Event> events) {
        var looked = new AtomicBoolean();
        return new AbstractList<>() {
            @Override
            public Event get(int index) {
                if (!looked.getAndSet(true)) {
                    throw new OutOfMemoryError("as if");
                }
                return events.get(index);
            }

            @Override
            public int size() {
                return events.size();
            }
        };
    }

    @Override
    public void pass(PublishRequest request) {
        held.pass(request);
    }

    @Override
    public @Nullable List<Event> readAfter(long place, int maxEvents, long maxBytes) {
        if (pages.getAndDecrement() <= 0) {
            throw new LogUnavailableException("a page cannot be read", new IOException());
        }
        return forReading().readAfter(place, maxEvents, maxBytes);
    }

    @Override
    public int erase(Erasure erasure) {
        return forReading().erase(erasure);
    }

    @Override
    public @Nullable Position find(String id) {
        return forReading().find(id);
    }

    @Override
    public void confirm() {
        EventLog promoted = replica;
        if (promoted != null) {
            replica = null;
            held.close();
            LogListener present = listener;
            if (present != null) {
                promoted.follow(present);
            }
            held = promoted;
        }
        held.confirm();
    }

    @Override
    public Position start() {
        return forReading().start();
    }

    @Override
    public Position soonEvicted() {
        return held.soonEvicted();
    }

    @Override
    public Stored stored() {
        return held.stored();
    }

    @Override
    public Positions positions() {
        return held.positions();
    }

    @Override
    public Position end() {
        return held.end();
    }

    @Override
    public @Nullable String fault() {
        return writable ? held.fault() : "the log cannot be written";
    }

    @Override
    public List<WorkerThread> threads() {
        return held.threads();
    }

    @Override
    public void follow(LogListener follower) {
        listener = follower;
        held.follow(follower);
    }

    @Override
    public void close() {
        held.close();
    }
}
