package dev.tidings.auth;

/**
 * There is no token, or none that this hub accepts: 401.
 *
 * <p>The message is a reason that a person can act on and holds no part of the token. An answer, not
 * a fault: it carries no stack trace, and no cause, since java-jwt's messages quote the token.
 */
public final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean tokenGiven;

    private UnauthorizedException(boolean tokenGiven, String reason) {
        super(reason, null, false, false);
        this.tokenGiven = tokenGiven;
    }

    /** Nobody showed a token where one is needed. */
    public static UnauthorizedException noToken(String reason) {
        return new UnauthorizedException(false, reason);
    }

    /** A token was shown and is refused. */
    public static UnauthorizedException badToken(String reason) {
        return new UnauthorizedException(true, reason);
    }

    /** Whether a token was given, in which case the challenge says {@code error="invalid_token"}. */
    public boolean tokenGiven() {
        return tokenGiven;
    }
}
