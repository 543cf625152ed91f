package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Once;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The events of one publisher that waits for them to be accepted, all or none.
 *
 * <p><b>Threads.</b> One thread waits, as long as it likes. Another accepts or refuses, once.
 */
public final class PendingAppend {

    private final List<PublishRequest> requests;
    private final @Nullable Once once;
    private final long bytes;
    private final CompletableFuture<List<Event>> answer = new CompletableFuture<>();

    PendingAppend(List<PublishRequest> requests, @Nullable Once once) {
        this.requests = requests;
        this.once = once;
        this.bytes = requests.stream().mapToLong(PublishRequest::size).sum();
    }

    /** What is to be published. */
    public List<PublishRequest> requests() {
        return requests;
    }

    /** What makes it the same as another publish, or null if it is always another. */
    public @Nullable Once once() {
        return once;
    }

    /** The size of its events' text, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** These events are accepted. */
    public void accept(List<Event> accepted) {
        answer.complete(accepted);
    }

    /** Nothing is accepted, or nobody knows. */
    public void refuse(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /** Completes with the accepted events, or with the reason why they are refused. Only to be read. */
    CompletableFuture<List<Event>> answer() {
        return answer;
    }
}
