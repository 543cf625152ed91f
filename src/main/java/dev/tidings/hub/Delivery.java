package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers events to those they are for, and keeps one order between that and the coming, changing and going of
 * subscribers, without holding a lock while it looks for them: how long that takes is for publishers and subscribers to
 * choose, by their topics and templates, and nobody is to wait for it.
 *
 * <p>A batch is claimed before it is offered. Who joins or changes its topics from then on does so behind the batch: it reads
 * up to the claimed sequence number from history, by what held there, and the index has it where it belongs when the batch
 * is done. So the index stands still while a batch is offered, and each batch finds it as it was when it was claimed.
 *
 * <p><b>Threads.</b> {@link #offer} and {@link #passOver} are the delivering thread's. Any may call {@link #precompute},
 * {@link #delivered} and {@link #join}. The others are called holding its monitor, which is the hub's lock.
 */
final class Delivery {

    private final TopicIndex index = new TopicIndex();
    private final Grants grants = new Grants();

    /**
     * The last of those for whom the index has to be changed when no batch is under way. Each knows the one before it, so
     * that it takes no memory to leave.
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

    /** The sequence number after which live delivery begins for whoever joins now. */
    long claimed() {
        return claimed;
    }

    /** The grant with these selectors, to be shared by all who have it. */
    SharedGrant holdGrant(SelectorSet selectors) {
        return grants.hold(selectors);
    }

    /** One that was held is needed no more. */
    void releaseGrant(SharedGrant grant) {
        grants.release(grant);
    }

    /** Has a stream hear of what comes after the claimed sequence number. */
    synchronized void join(Progress progress) {
        progress.join(claimed);
    }

    /** Has a recipient hear of its topics, after the claimed sequence number. */
    void add(Recipient recipient) {
        schedule(recipient);
    }

    /** Has it hear of these topics instead, with that grant. */
    void change(Recipient recipient, SelectorSet topics, SelectorSet granted) {
        SharedGrant next = grants.hold(granted);
        releaseNext(recipient);
        recipient.topics = topics;
        recipient.nextGrant = next;
        schedule(recipient);
    }

    /** Has one that has left hear of nothing more. Allocates nothing, so that it fails for no lack of memory. */
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

    /** Offers a batch to all it is for; afterwards its last event's sequence number is delivered, also when that failed. */
    void offer(List<Event> events) {
        synchronized (this) {
            claimed = events.get(events.size() - 1).sequence();
            underWay = true;
        }
        try {
            var batch = new Batch(++batches, events);
            grants.mark(batch);
            index.offer(batch);
        } finally {
            index.forget(events);
            grants.forget(events);
            settle();
        }
    }

    private void settle() {
        synchronized (this) {
            delivered = claimed;
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
                    // One that cannot be made hinders none of the others.
                    failed = failure;
                }
            }
            if (failed != null) {
                throw new IllegalStateException("a recipient could not be added or removed", failed);
            }
        }
    }

    /** Who joins from now on is to read it from history, even if delivery has not come as far as offering it. */
    void passOver(Event event) {
        synchronized (this) {
            claimed = event.sequence();
            delivered = claimed;
        }
    }
}
