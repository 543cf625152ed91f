package dev.tidings.hub;

/**
 * All streams together, or those of one caller, ask for as many templates as they may. Later there may be room. The doors
 * answer 503 if all streams do, and 429 if one caller's do.
 */
public final class TooManyTemplatesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean ofOneUser;

    TooManyTemplatesException(int most, boolean ofOneUser) {
        super(
                (ofOneUser
                                ? "The streams of this user, token or address ask for " + most
                                        + " distinct templates already, a quarter of tidings.limit.templates."
                                : "All streams together ask for " + most
                                        + " distinct templates already (tidings.limit.templates).")
                        + " Ask for topics by their exact names, or try again later.",
                null,
                false,
                false);
        this.ofOneUser = ofOneUser;
    }

    /** Whether only the share of one caller is used up, so that others have room. */
    public boolean isOfOneUser() {
        return ofOneUser;
    }
}
