package dev.tidings.auth;

/**
 * There is no token, or none that this hub accepts: 401.
 *
 * <p>The message is a reason that a person can act on, and has no part of the token. It is an answer and no fault, so
 * it has no stack trace. It has no cause either, since java-jwt's messages quote the token.
 */
public final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean tokenGiven;

    private UnauthorizedException(boolean tokenGiven, String reason) {
        super(reason, null, false, false);
        this.tokenGiven = tokenGiven;
    }

    /** Refuses a request without a token where one is needed. */
    public static UnauthorizedException noToken(String reason) {
        return new UnauthorizedException(false, reason);
    }

    /** Refuses a token. */
    public static UnauthorizedException badToken(String reason) {
        return new UnauthorizedException(true, reason);
    }

    /** Whether a token was given. The challenge then says {@code error="invalid_token"}. */
    public boolean tokenGiven() {
        return tokenGiven;
    }
}
