package dev.tidings.hub;

/**
 * All streams together, or those of one caller, ask for as many templates as they may. Later there may be room. The doors
 * answer 503 if all streams do, and 429 if one caller's do.
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

    /** Whether only the share of one caller is used up, so that others have room. */
    public boolean isOfOneUser() {
        return ofOneUser;
    }
}
