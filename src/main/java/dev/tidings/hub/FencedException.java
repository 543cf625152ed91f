package dev.tidings.hub;

/** Another with a higher token has published since ({@link Fence}). Nothing was published. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long token;

    /** @param token the highest that the log has seen */
    public FencedException(long token) {
        super("another publisher has taken over, and has the token " + token, null, false, false);
        this.token = token;
    }

    /** The highest that the log has seen. */
    public long token() {
        return token;
    }
}
