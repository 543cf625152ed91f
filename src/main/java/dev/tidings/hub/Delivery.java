package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.SelectorSet;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

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

    /** Changes of the index that wait until no run is under way. */
    private final Queue<Runnable> postponed = new ArrayDeque<>();

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

    /** Has a subscriber, with the grant that its seat has, hear of these topics after the claimed place. */
    void admit(Subscriber subscriber, SelectorSet topics) {
        change(() -> index.seat(subscriber, topics));
    }

    /** Has it hear of these topics instead, with that grant. */
    void readmit(Subscriber subscriber, SelectorSet topics, SharedGrant granted) {
        change(() -> {
            SharedGrant former = subscriber.seat().grant;
            subscriber.seat().grant = granted;
            grants.release(former);
            index.seat(subscriber, topics);
        });
    }

    void dismiss(Subscriber subscriber) {
        change(() -> {
            index.remove(subscriber);
            grants.release(subscriber.seat().grant);
        });
    }

    private void change(Runnable change) {
        if (underWay) {
            postponed.add(change);
        } else {
            change.run();
        }
    }

    /**
     * Compares the topics of an event that is about to be published with the templates, on its publisher's own thread: as
     * a rule delivery finds it done.
     */
    void foresee(List<String> topics) {
        index.foresee(topics);
    }

    /** Offers a run to all it is for; afterwards its last event's place is delivered, also when that failed. */
    void offer(List<Event> run) {
        synchronized (lock) {
            claimed = run.get(run.size() - 1).place();
            underWay = true;
        }
        try {
            index.offer(new Turn(++turns, run));
        } finally {
            settle();
        }
    }

    private void settle() {
        synchronized (lock) {
            delivered = claimed;
            underWay = false;
            Throwable failed = null;
            for (Runnable change = postponed.poll(); change != null; change = postponed.poll()) {
                try {
                    change.run();
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
