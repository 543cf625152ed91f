package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one publisher waits for: that its events are accepted, all or none.
 *
 * <p><b>Threads.</b> One thread waits, as long as it likes; another accepts or refuses, once.
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

    /** What the text of its events takes, in bytes. */
    long bytes() {
        return bytes;
    }

    void accept(List<Event> accepted) {
        answer.complete(accepted);
    }

    void refuse(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /** What becomes of it. For readers only. */
    CompletableFuture<List<Event>> answer() {
        return answer;
    }
}
