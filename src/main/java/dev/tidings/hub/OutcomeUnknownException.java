package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The log did not say in time whether it accepts what was published. It says so later, or never: to publish the same again
 * meanwhile may publish it twice.
 */
public final class OutcomeUnknownException extends LogUnavailableException {

    private static final long serialVersionUID = 1;

    private final transient CompletableFuture<List<Event>> outcome;

    /** @param outcome what the log will have said, for {@link #outcome} */
    public OutcomeUnknownException(String message, CompletableFuture<List<Event>> outcome) {
        super(message);
        this.outcome = outcome;
    }

    /** The events when they are accepted after all, or an exception when they are refused. For readers only. */
    public CompletableFuture<List<Event>> outcome() {
        return outcome;
    }
}
