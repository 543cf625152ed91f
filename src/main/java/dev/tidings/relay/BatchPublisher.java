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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
     * @throws LogUnavailableException if the log cannot accept it, or be asked, or confirm what it has, now
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
        List<PublishRequest> missing = doubtful ? missing(next.events()) : next.events();
        if (missing.isEmpty() || accepts(missing, next, token)) {
            published = next.key();
            return true;
        }
        return false;
    }

    /** Those that the log does not have safely. */
    private List<PublishRequest> missing(List<PublishRequest> events) {
        Set<PublishRequest> stored = stored(events);
        return events.stream().filter(event -> !stored.contains(event)).toList();
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

    /**
     * Those of these that the log has {@linkplain #safe safely}. An event that has the id of one and another content is not taken for it:
     * it may be from before this hub relayed, when any publisher could give such an id.
     *
     * @throws LogUnavailableException if the log cannot be asked now
     */
    Set<PublishRequest> stored(List<PublishRequest> events) {
        Map<String, Event> found = safe(
                events.stream().map(event -> Objects.requireNonNull(event.id())).toList());
        var stored = new HashSet<PublishRequest>();
        for (PublishRequest event : events) {
            Event known = found.get(event.id());
            if (known != null
                    && known.topics().equals(event.topics())
                    && Objects.equals(known.type(), event.type())
                    && known.data().equals(event.data())
                    && known.isPrivate() == event.isPrivate()) {
                stored.add(event);
            }
        }
        return stored;
    }

    /**
     * Those of these ids that events have which the log has {@linkplain #safe safely}, whatever else they are.
     *
     * @throws LogUnavailableException if the log cannot be asked now
     */
    Set<String> known(List<String> ids) {
        return safe(ids).keySet();
    }

    /**
     * The events with these ids that are as safe in the log as what it answers. A relay before this one may have had no answer.
     *
     * <p>The log may be on another Redis from one call to the next. One that never had the events would confirm that it has all it was
     * sent. So an event counts that is at the same place before and after the log has confirmed. If it is not, the log was another
     * meanwhile, and is asked again later.
     */
    private Map<String, Event> safe(List<String> ids) {
        Map<String, Event> found = ids.isEmpty() ? Map.of() : hub.find(ids);
        if (found.isEmpty()) {
            return found;
        }
        hub.confirm();
        Map<String, Event> again = hub.find(List.copyOf(found.keySet()));
        found.forEach((id, event) -> {
            Event same = again.get(id);
            if (same == null || !same.position().equals(event.position())) {
                throw new LogUnavailableException("the log has changed while it was asked what it has");
            }
        });
        return found;
    }
}
