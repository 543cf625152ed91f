package dev.tidings.hub;

/**
 * All streams together, or those of one user, ask for as many templates as they may; later there may be room. At the doors
 * this is a 503, or a 429.
 */
public final class TooManyTemplatesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean ofOneUser;

    TooManyTemplatesException(int most, boolean ofOneUser) {
        super(
                (ofOneUser ? "Your streams together" : "All streams together")
                        + " ask for as many distinct templates as they may (" + most
                        + (ofOneUser ? ", a share of the setting" : ", the setting")
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
