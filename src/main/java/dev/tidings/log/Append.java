package dev.tidings.log;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.LogUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What one publisher waits for: that its events are accepted, all or none.
 *
 * <p><b>Threads.</b> One thread waits; another answers or refuses, once.
 */
final class Append {

    private final List<PublishRequest> requests;
    private final long bytes;
    private final CompletableFuture<List<Event>> answer = new CompletableFuture<>();

    Append(List<PublishRequest> requests) {
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

    void answer(List<Event> accepted) {
        answer.complete(accepted);
    }

    void refuse(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /**
     * Waits for the answer, which comes as soon as the disk has said yes or no. An interrupt does not end the wait:
     * nobody would know then what became of the events.
     *
     * @throws LogUnavailableException if it is a refusal
     */
    List<Event> await() {
        try {
            return answer.join();
        } catch (CompletionException refused) {
            throw new LogUnavailableException("the log could not accept this", refused);
        }
    }
}
