package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * It was not known in time whether the log accepts what was published. It becomes known later, or never. Publishing the same
 * again meanwhile may publish it twice.
 */
public final class OutcomeUnknownException extends LogUnavailableException {

    private static final long serialVersionUID = 1;

    private final transient CompletableFuture<List<Event>> outcome;

    /** @param outcome completes when the outcome is known */
    public OutcomeUnknownException(String message, CompletableFuture<List<Event>> outcome) {
        super(message);
        this.outcome = outcome;
    }

    /** Completes with the events if they are accepted after all, or with an exception if they are refused. Only to be read. */
    public CompletableFuture<List<Event>> outcome() {
        return outcome;
    }
}
