package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.OperatorTopics;
import dev.tidings.logging.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The interest of this node's subscribers in topics below a prefix. A subscription has interest if it asks for such a topic, and
 * its grant names one.
 *
 * <p>A subscription that might have interest counts as if it had, because a template is only looked at up to its first variable.
 *
 * <p>An operator who opens a stream, and then reads what there is, must miss nothing that happens in between. So a subscription
 * counts before its subscriber joins the log's order. Where there are other nodes, it joins when they know of it.
 *
 * <p><b>Threads.</b> The hub's lock guards it, except for {@link #announceTo} and {@link #announce}.
 */
public final class LocalInterest implements TopicInterest {

    private static final System.Logger LOG = Logs.of(LocalInterest.class);

    /** Tells the other nodes whether there is interest here. */
    public interface Announcer {

        /**
         * There is interest. Called for each subscription that has it, not only for the first, on its own thread and without the
         * hub's lock. When this returns, every node tells what happens from then on. If all nodes know already, it returns at
         * once.
         *
         * @throws LogUnavailableException if they cannot be told in time. The subscriber is refused, or ends
         */
        void begun();

        /**
         * There is no interest any more. Called with the hub's lock, so it must not wait. If interest begins again, {@link #begun}
         * is called after this.
         */
        void ended();
    }

    private final String prefix;
    private final String word;
    private volatile @Nullable Announcer announcer;

    /** How many subscriptions have it. */
    private int count;

    /** @param prefix what the topics begin with, which are of the {@link OperatorTopics} */
    LocalInterest(String prefix) {
        this.prefix = prefix;
        this.word = requireNonNull(OperatorTopics.wordOf(prefix), "not below the topics of operators");
    }

    /** Sets who tells other nodes. Called once, before the first subscriber. */
    public void announceTo(Announcer other) {
        announcer = other;
    }

    @Override
    public boolean isNone() {
        return count == 0;
    }

    /** Counts a subscription, if it has interest. Allocates nothing. */
    void take(Subscription subscription) {
        if (isOf(subscription)) {
            count++;
        }
    }

    /** Counts a subscription no more that was taken. Allocates nothing, so that lack of memory cannot make it fail. */
    void release(Subscription subscription) {
        if (isOf(subscription) && --count == 0) {
            Announcer told = announcer;
            if (told != null) {
                end(told);
            }
        }
    }

    private static void end(Announcer told) {
        try {
            told.ended();
        } catch (Throwable failure) {
            // The other nodes go on telling what nobody here wants.
            FailureLog.error(LOG, "the hub could not say that no operator follows any more", failure);
        }
    }

    /** Waits until the other nodes know of a subscription that was taken, if it has interest. */
    void announce(Subscription subscription) {
        Announcer told = announcer;
        if (told != null && isOf(subscription)) {
            told.begun();
        }
    }

    private boolean isOf(Subscription subscription) {
        return subscription.topics().mayMatchUnder(prefix)
                && subscription.granted().mayNameUnder(prefix, word);
    }
}
