package dev.tidings.auth;

/**
 * There is no key to verify tokens with now, and may be soon: 503.
 *
 * <p>It does not refuse the token, which may be good: no client should throw its token away for this. The server's log
 * says why there are no keys. It is an answer and no fault, so it has no stack trace.
 */
public final class KeysUnavailableException extends RuntimeException {

    /** How long a client should wait. The keys are not read again before that. */
    public static final int RETRY_AFTER_SECONDS = 10;

    private static final long serialVersionUID = 1;

    public KeysUnavailableException() {
        super(
                "The hub cannot read the keys that verify tokens now. Try again later; its log says why.",
                null,
                false,
                false);
    }
}
