package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Offers events to the subscribers that they are for. There is one order between that and the coming, changing and going of
 * subscribers.
 *
 * <p>No lock is held while the subscribers of an event are looked for. Publishers and subscribers choose how long that takes, by
 * their topics and templates, and nothing else may have to wait for it.
 *
 * <p>A batch is claimed before it is offered. A subscriber that joins or changes its topics from then on does so behind the
 * batch. It reads history up to the claimed sequence number, by what it asked for then. The index changes when the batch is
 * done. So the index stands still while a batch is offered, and each batch finds it as it was when the batch was claimed.
 *
 * <p><b>Threads.</b> Only the delivering thread calls {@link #offer} and {@link #skipTo}. Any thread may call {@link #isWork},
 * {@link #precompute}, {@link #delivered} and {@link #join}. Callers of the others hold the monitor, which is the hub's lock.
 */
final class Delivery {

    /** So many comparisons of topics with templates take about a millisecond. */
    private static final long FEW_COMPARISONS = 20_000;

    private final TopicIndex index = new TopicIndex();
    private final Grants grants = new Grants();

    /**
     * The last recipient for which the index has to change when no batch is under way. Each knows the one before it, so that
     * leaving takes no memory.
     */
    private @Nullable Recipient postponed;

    private boolean underWay;
    private long claimed;
    private long batches;
    private volatile long delivered;

    /** @param delivered the sequence number up to which there is nothing to offer */
    Delivery(long delivered) {
        this.claimed = delivered;
        this.delivered = delivered;
    }

    /** The sequence number up to which everything has been offered. */
    long delivered() {
        return delivered;
    }

    /** The sequence number after which live delivery begins for a subscriber that joins now. */
    long claimed() {
        return claimed;
    }

    /** The one grant with these selectors, which all subscribers that have them share. */
    SharedGrant holdGrant(SelectorSet selectors) {
        return grants.hold(selectors);
    }

    /** Gives up a grant that was held. */
    void releaseGrant(SharedGrant grant) {
        grants.release(grant);
    }

    /** Joins a stream to live delivery, after the claimed sequence number. */
    synchronized void join(Progress progress) {
        progress.join(claimed);
    }

    /** Adds a recipient, which is offered what comes after the claimed sequence number. */
    void add(Recipient recipient) {
        schedule(recipient);
    }

    /** Gives a recipient other topics and another grant, for what comes after the claimed sequence number. */
    void change(Recipient recipient, SelectorSet topics, SelectorSet granted) {
        SharedGrant next = grants.hold(granted);
        releaseNext(recipient);
        recipient.topics = topics;
        recipient.nextGrant = next;
        schedule(recipient);
    }

    /** Removes a recipient that has left. Allocates nothing, so that lack of memory cannot make it fail. */
    void remove(Recipient recipient) {
        schedule(recipient);
    }

    private void schedule(Recipient recipient) {
        if (!underWay) {
            update(recipient);
        } else if (!recipient.postponed) {
            recipient.postponed = true;
            recipient.nextPostponed = postponed;
            postponed = recipient;
        }
    }

    /** Brings the index up to date with a recipient. */
    private void update(Recipient recipient) {
        if (recipient.left) {
            index.remove(recipient);
            releaseNext(recipient);
            grants.release(recipient.grant);
            return;
        }
        SharedGrant former = recipient.grant;
        recipient.grant = recipient.nextGrant;
        if (former != recipient.grant) {
            grants.release(former);
        }
        index.put(recipient);
    }

    private void releaseNext(Recipient recipient) {
        if (recipient.nextGrant != recipient.grant) {
            grants.release(recipient.nextGrant);
            recipient.nextGrant = recipient.grant;
        }
    }

    /**
     * Compares the topics of an event that is about to be published with the templates, on its publisher's own thread, so
     * that delivery finds it done.
     */
    void precompute(PublishRequest request) {
        index.precompute(request.topics());
        if (request.isPrivate()) {
            grants.precompute(request.topics());
        }
    }

    /**
     * Whether {@link #precompute} takes more than a millisecond or so for all of these. What was compared lately, and templates that
     * begin otherwise, take nothing.
     */
    boolean isWork(List<PublishRequest> requests) {
        long comparisons = 0;
        for (int i = 0; i < requests.size() && comparisons <= FEW_COMPARISONS; i++) {
            PublishRequest request = requests.get(i);
            comparisons += index.work(request.topics(), FEW_COMPARISONS);
            if (request.isPrivate()) {
                comparisons += grants.work(request.topics(), FEW_COMPARISONS);
            }
        }
        return comparisons > FEW_COMPARISONS;
    }

    /** Waits until everything up to this sequence number has been offered, but no longer than that. */
    synchronized void await(long sequence, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toNanos(); delivered < sequence && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Offers a batch to all it is for. Afterwards its last event counts as delivered, also if offering failed. */
    void offer(List<Event> events) {
        synchronized (this) {
            claimed = events.get(events.size() - 1).sequence();
            underWay = true;
        }
        try {
            var batch = new Batch(++batches, events);
            grants.mark(batch);
            if (!batch.isErased()) {
                index.offer(batch);
            }
        } finally {
            index.forget(events);
            grants.forget(events);
            settle();
        }
    }

    private void settle() {
        synchronized (this) {
            delivered = claimed;
            notifyAll();
            underWay = false;
            Throwable failed = null;
            Recipient next = postponed;
            postponed = null;
            while (next != null) {
                Recipient changed = next;
                next = changed.nextPostponed;
                changed.nextPostponed = null;
                changed.postponed = false;
                try {
                    update(changed);
                } catch (RuntimeException | Error failure) {
                    // The others are updated all the same.
                    failed = failure;
                }
            }
            if (failed != null) {
                throw new IllegalStateException("a recipient could not be added or removed", failed);
            }
        }
    }

    /**
     * Goes on after this sequence number: that of an event that could not be offered, or where the log begins anew. A subscriber
     * that joins later reads what comes before from history. Subscribers of before have to be ended.
     */
    void skipTo(long sequence) {
        synchronized (this) {
            claimed = sequence;
            delivered = sequence;
        }
    }
}
