package dev.tidings.auth;

/**
 * The token is good and does not allow this: 403.
 *
 * <p>An answer, not a fault, so it carries no stack trace.
 */
public final class ForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason for the caller: it names the topic that was not granted, and says what would help */
    public ForbiddenException(String reason) {
        super(reason, null, false, false);
    }
}
