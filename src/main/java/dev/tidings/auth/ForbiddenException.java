package dev.tidings.auth;

/**
 * The token is good and does not allow this: 403.
 *
 * <p>It is an answer and no fault, so it has no stack trace.
 */
public final class ForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason for the caller. It names the topic that is not granted, and says what would help */
    public ForbiddenException(String reason) {
        super(reason, null, false, false);
    }
}
