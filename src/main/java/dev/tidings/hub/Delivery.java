package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.SelectorSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers events to those they are for, and keeps one order between that and the coming, changing and going of
 * subscribers, without holding a lock while it looks for them: how long that takes is for publishers and subscribers to
 * choose, by their topics and templates, and nobody is to wait for it.
 *
 * <p>A run is claimed before it is offered. Who joins or changes its topics from then on does so behind the run: it reads
 * up to the claimed place from history, by the terms that held there, and the index has it where it belongs when the run
 * is done. So the index stands still while a run is offered, and each run finds it as it was when it was claimed.
 *
 * <p><b>Threads.</b> {@link #offer} and {@link #passOver} are the delivering thread's, {@link #foresee} and
 * {@link #delivered} any's; the others are called holding the lock.
 */
final class Delivery {

    private final Object lock;
    private final TopicIndex index = new TopicIndex();
    private final Grants grants = new Grants();

    /**
     * The last of those for whom the index has to be changed when no run is under way. Each has the one before it in its
     * seat, so that it takes no memory to leave.
     */
    private @Nullable Subscriber postponed;

    private boolean underWay;
    private long claimed;
    private long turns;
    private volatile long delivered;

    /**
     * @param lock the hub's
     * @param delivered the place up to which there is nothing to offer
     */
    Delivery(Object lock, long delivered) {
        this.lock = lock;
        this.claimed = delivered;
        this.delivered = delivered;
    }

    /** The place up to which everything has been offered. */
    long delivered() {
        return delivered;
    }

    /** The place after which live delivery begins for whoever joins now. */
    long claimed() {
        return claimed;
    }

    /** The grant with these selectors, to be shared by all who have it. */
    SharedGrant grant(SelectorSet selectors) {
        return grants.hold(selectors);
    }

    /** Has a subscriber hear of its seat's topics after the claimed place. */
    void admit(Subscriber subscriber) {
        change(subscriber);
    }

    /** Has it hear of these topics instead, with that grant. */
    void readmit(Subscriber subscriber, SelectorSet topics, SelectorSet granted) {
        Seat seat = subscriber.seat();
        SharedGrant next = grants.hold(granted);
        releaseNext(seat);
        seat.topics = topics;
        seat.nextGrant = next;
        change(subscriber);
    }

    /** Has one that has left hear of nothing more. Allocates nothing, so that it fails for no lack of memory. */
    void dismiss(Subscriber subscriber) {
        change(subscriber);
    }

    private void change(Subscriber subscriber) {
        Seat seat = subscriber.seat();
        if (!underWay) {
            update(subscriber);
        } else if (!seat.postponed) {
            seat.postponed = true;
            seat.nextPostponed = postponed;
            postponed = subscriber;
        }
    }

    /** Brings the index up to date with what a subscriber's seat says now. */
    private void update(Subscriber subscriber) {
        Seat seat = subscriber.seat();
        if (seat.left) {
            index.remove(subscriber);
            releaseNext(seat);
            grants.release(seat.grant);
            return;
        }
        SharedGrant former = seat.grant;
        seat.grant = seat.nextGrant;
        if (former != seat.grant) {
            grants.release(former);
        }
        index.seat(subscriber);
    }

    private void releaseNext(Seat seat) {
        if (seat.nextGrant != seat.grant) {
            grants.release(seat.nextGrant);
            seat.nextGrant = seat.grant;
        }
    }

    /**
     * Compares the topics of an event that is about to be published with the templates, on its publisher's own thread, so
     * that delivery finds it done.
     */
    void foresee(PublishRequest request) {
        index.foresee(request.topics());
        if (request.isPrivate()) {
            grants.foresee(request.topics());
        }
    }

    /** Offers a run to all it is for; afterwards its last event's place is delivered, also when that failed. */
    void offer(List<Event> run) {
        synchronized (lock) {
            claimed = run.get(run.size() - 1).place();
            underWay = true;
        }
        try {
            var turn = new Turn(++turns, run);
            grants.mark(turn);
            index.offer(turn);
        } finally {
            index.forget(run);
            grants.forget(run);
            settle();
        }
    }

    private void settle() {
        synchronized (lock) {
            delivered = claimed;
            underWay = false;
            Throwable failed = null;
            Subscriber next = postponed;
            postponed = null;
            while (next != null) {
                Seat seat = next.seat();
                Subscriber changed = next;
                next = seat.nextPostponed;
                seat.nextPostponed = null;
                seat.postponed = false;
                try {
                    update(changed);
                } catch (RuntimeException | Error failure) {
                    // One that cannot be made hinders none of the others.
                    failed = failure;
                }
            }
            if (failed != null) {
                throw new IllegalStateException("a subscriber could not be admitted or dismissed", failed);
            }
        }
    }

    /** Who joins from now on is to read it from history, even if delivery has not come as far as offering it. */
    void passOver(Event event) {
        synchronized (lock) {
            claimed = event.place();
            delivered = claimed;
        }
    }
}
