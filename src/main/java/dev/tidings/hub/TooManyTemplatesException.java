package dev.tidings.hub;

/**
 * All streams together, or those of one user, ask for as many templates as they may; later there may be room. At the doors
 * this is a 503, or a 429.
 */
public final class TooManyTemplatesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String YOURS =
            "Your streams together (those of your token's user, else of your token, else of your address)";

    private final boolean ofOneUser;

    TooManyTemplatesException(int most, boolean ofOneUser) {
        super(
                (ofOneUser ? YOURS : "All streams together")
                        + " ask for as many distinct templates as they may (" + most
                        + (ofOneUser ? ", a quarter of the setting" : ", the setting")
                        + " tidings.limit.templates). Ask for topics by their exact names, or try again later.",
                null,
                false,
                false);
        this.ofOneUser = ofOneUser;
    }

    /** Whether it is the share of one user that is used up, and others have room. */
    public boolean isOfOneUser() {
        return ofOneUser;
    }
}
