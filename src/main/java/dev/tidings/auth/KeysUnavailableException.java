package dev.tidings.auth;

/**
 * There is no key to verify tokens with now, and may be soon: 503.
 *
 * <p>Not the token's fault, so not a refusal of it: nobody should throw a token away for this. Why the
 * keys cannot be had is in the server's log. An answer, not a fault: it carries no stack trace.
 */
public final class KeysUnavailableException extends RuntimeException {

    /** How long to stay away: before that the keys are not read again. */
    public static final int RETRY_AFTER_SECONDS = 10;

    private static final long serialVersionUID = 1;

    public KeysUnavailableException() {
        super("The keys that tokens are verified with are not to be had now. Try again later.", null, false, false);
    }
}
