package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The events of one publisher that waits for them to be accepted, all or none.
 *
 * <p><b>Threads.</b> One thread waits, as long as it likes. Another accepts or refuses, once.
 */
final class PendingAppend {

    private final List<PublishRequest> requests;
    private final long bytes;
    private final CompletableFuture<List<Event>> answer = new CompletableFuture<>();

    PendingAppend(List<PublishRequest> requests) {
        this.requests = requests;
        this.bytes = requests.stream().mapToLong(PublishRequest::size).sum();
    }

    List<PublishRequest> requests() {
        return requests;
    }

    /** The size of its events' text, in bytes. */
    long bytes() {
        return bytes;
    }

    void accept(List<Event> accepted) {
        answer.complete(accepted);
    }

    void refuse(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /** Completes with the accepted events, or with the reason why they are refused. Only to be read. */
    CompletableFuture<List<Event>> answer() {
        return answer;
    }
}
