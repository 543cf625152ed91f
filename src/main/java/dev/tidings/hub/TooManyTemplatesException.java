package dev.tidings.hub;

/** All streams together ask for as many templates as they may; later there may be room. At the doors this is a 503. */
public final class TooManyTemplatesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyTemplatesException(int most) {
        super(
                "All streams together ask for as many distinct templates as they may (" + most
                        + ", the setting tidings.limit.templates). Ask for topics by their exact names, or try again later.",
                null,
                false,
                false);
    }
}
