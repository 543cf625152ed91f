package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What delivery needs of one subscriber: where its events go, its entries in the index, and its grant.
 *
 * <p><b>Threads.</b> The delivering thread calls {@link #offer}. The fields are guarded by {@link Delivery}'s lock.
 */
final class Recipient {

    private final Progress progress;
    private final Sink sink;

    /** Its entries in the index. Unmodifiable, and no larger than necessary. */
    List<SelectorGroup.Entry<Recipient>> entries = List.of();

    /** Its grant, which decides on private events. */
    SharedGrant grant;

    /** The topics that it asks for. Its entries follow as soon as the index may change. */
    SelectorSet topics;

    /** The grant that it gets then. */
    SharedGrant nextGrant;

    /** Whether it waits for the index to follow. */
    boolean postponed;

    /** The next recipient that waits for that. */
    @Nullable
    Recipient nextPostponed;

    /** Whether it has left, or is about to. */
    boolean left;

    /** The number of the batch that it was offered last, so that it is offered each batch once. */
    private long lastBatch;

    Recipient(Progress progress, Sink sink, SelectorSet topics, SharedGrant grant) {
        this.progress = progress;
        this.sink = sink;
        this.topics = topics;
        this.grant = grant;
        this.nextGrant = grant;
    }

    /** Takes a batch that one of its selectors matched, unless it was offered that batch before or may not have it. */
    void offer(Batch batch) {
        if (batch.number() != lastBatch) {
            lastBatch = batch.number();
            if (grant.allows(batch) && progress.offer(batch.events())) {
                sink.wake();
            }
        }
    }
}
