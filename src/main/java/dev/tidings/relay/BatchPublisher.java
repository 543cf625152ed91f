package dev.tidings.relay;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Fence;
import dev.tidings.hub.FencedException;
import dev.tidings.hub.Hub;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.publish.PublishService;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one batch after the other, each once, however often it has to try.
 *
 * <p><b>Threads.</b> One.
 */
final class BatchPublisher {

    /** A batch is named by its key. Its rows may have been deleted meanwhile, and it would still be the same. */
    private static final String CONTENT = "relay";

    private final PublishService publishing;
    private final Hub hub;
    private final String fence;

    private @Nullable Batch batch;

    /** Whether the log may have the batch already. */
    private boolean doubtful;

    /** The key of the batch that was published last. */
    private @Nullable String published;

    /** What becomes of a publish that the log is late to answer. Until it is known nothing is published again. */
    private @Nullable CompletableFuture<List<Event>> outcome;

    /** The key of the batch whose outcome that is. */
    private @Nullable String outcomeKey;

    /** @param fence names the table among all that are relayed to this log */
    BatchPublisher(PublishService publishing, Hub hub, String fence) {
        this.publishing = publishing;
        this.hub = hub;
        this.fence = fence;
    }

    /** The batch that is to be published, or was published last and is not finished; null if there is none. */
    @Nullable
    Batch batch() {
        return batch;
    }

    /** Whether there is nothing to publish. */
    boolean isDone() {
        return batch == null || batch.key().equals(published);
    }

    /** This batch is next, or none. It was written down just now. */
    void take(@Nullable Batch next) {
        batch = next;
        doubtful = false;
    }

    /** This batch is next, or none. It was written down before, by this relay or another. */
    void resume(@Nullable Batch next) {
        batch = next;
        doubtful = true;
    }

    /**
     * Publishes the batch, or what the log lacks of it.
     *
     * @param token the lease's counter
     * @return false if it is not known yet whether it is published
     * @throws LogUnavailableException if the log cannot accept it, or be asked, now
     * @throws LimitReachedException if others compare too much now
     * @throws FencedException if another has the lease, or had it later
     */
    boolean publish(long token) {
        Batch next = Objects.requireNonNull(batch);
        CompletableFuture<List<Event>> late = outcome;
        if (late != null) {
            if (!late.isDone()) {
                return false;
            }
            outcome = null;
            if (!late.isCompletedExceptionally() && next.key().equals(outcomeKey)) {
                published = next.key();
                return true;
            }
        }
        List<PublishRequest> missing = doubtful
                ? next.events().stream().filter(event -> !isStored(event)).toList()
                : next.events();
        if (missing.isEmpty() || accepts(missing, next, token)) {
            published = next.key();
            return true;
        }
        return false;
    }

    /**
     * Whether the log accepts these of a batch now. A log that says it has accepted none is given them all again: on Redis it may have
     * them, not confirmed yet, and knows them by their key.
     */
    private boolean accepts(List<PublishRequest> events, Batch of, long token) {
        try {
            publishing.publishTrusted(events, new Once(of.key(), CONTENT, new Fence(fence, token)));
            return true;
        } catch (OutcomeUnknownException late) {
            doubtful = true;
            outcome = late.outcome();
            outcomeKey = of.key();
            return false;
        } catch (LogUnavailableException | LimitReachedException | FencedException none) {
            throw none;
        } catch (RuntimeException | Error unexpected) {
            doubtful = true;
            throw unexpected;
        }
    }

    /** Whether the log has this event. Another that has its id, which any publisher may give, is not taken for it. */
    boolean isStored(PublishRequest event) {
        Event stored = event.id() == null ? null : hub.find(event.id());
        return stored != null
                && stored.topics().equals(event.topics())
                && Objects.equals(stored.type(), event.type())
                && stored.data().equals(event.data())
                && stored.isPrivate() == event.isPrivate();
    }
}
