package dev.tidings.auth;

/**
 * There are as many revocations as there may be: 503. Some end with time, and an operator may withdraw others.
 *
 * <p>It is an answer and no fault, so it has no stack trace.
 */
public final class TooManyRevocationsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooManyRevocationsException() {
        super(
                "There are " + Revocations.MOST + " revocations, as many as there may be. Withdraw some, or revoke all"
                        + " tokens of a user at once. To revoke every token, change the key.",
                null,
                false,
                false);
    }
}
