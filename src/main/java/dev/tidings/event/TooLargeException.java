package dev.tidings.event;

/**
 * The data of an event is above the configured size: HTTP 413 at the doors.
 *
 * <p>The exception carries no stack trace, for the reason given at {@link InvalidRequestException}.
 */
public final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param size of the data, in bytes of UTF-8
     * @param limit the most that is accepted, in bytes
     */
    public TooLargeException(long size, long limit) {
        super(
                "The data has " + size + " bytes and this hub accepts at most " + limit
                        + " (the setting tidings.limit.event-size); publish less, or a link to the data.",
                null,
                false,
                false);
    }
}
