package dev.tidings.hub;

import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What delivery knows of one subscriber: where its events go, where the index has it, and what it may have.
 *
 * <p><b>Threads.</b> {@link #offer} is the delivering thread's; the fields are for whoever holds {@link Delivery}'s lock.
 */
final class Recipient {

    private final Progress progress;
    private final Sink sink;

    /** Where the index knows it. Unmodifiable, and no larger than it has to be. */
    List<SelectorGroup.Entry<Recipient>> entries = List.of();

    /** What it may have of private events, as the hub shares it. */
    SharedGrant grant;

    /** The topics that it asks for, and has the entries for as soon as the index may change. */
    SelectorSet topics;

    /** The grant that it has as soon as that is so. */
    SharedGrant nextGrant;

    /** Whether the index has to be brought up to date with it. */
    boolean postponed;

    /** The next of those that wait for that. */
    @Nullable
    Recipient nextPostponed;

    /** Whether it has left, or is about to. */
    boolean left;

    /** The batch with which it was last offered something, so that it is offered each event only once. */
    private long lastBatch;

    Recipient(Progress progress, Sink sink, SelectorSet topics, SharedGrant grant) {
        this.progress = progress;
        this.sink = sink;
        this.topics = topics;
        this.grant = grant;
        this.nextGrant = grant;
    }

    /** Takes events that one of its selectors matched, if it may have them and was not offered them before. */
    void offer(Batch batch) {
        if (batch.number() != lastBatch) {
            lastBatch = batch.number();
            if (grant.allows(batch) && progress.offer(batch.events())) {
                sink.wake();
            }
        }
    }
}
