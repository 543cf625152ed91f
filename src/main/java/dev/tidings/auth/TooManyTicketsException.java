package dev.tidings.auth;

/**
 * As many tickets wait to be used as may: 429 if they are of one sender, 503 if they are of all.
 *
 * <p>It is an answer and no fault, so it has no stack trace.
 */
public final class TooManyTicketsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean isOfAll;

    private TooManyTicketsException(boolean isOfAll, String sentence) {
        super(sentence, null, false, false);
        this.isOfAll = isOfAll;
    }

    static TooManyTicketsException ofOne(int most) {
        return new TooManyTicketsException(
                false,
                "You have " + most
                        + " tickets that were not used, as many or as large as one user may have. Use them, or"
                        + " wait until they are too old.");
    }

    static TooManyTicketsException ofAll() {
        return new TooManyTicketsException(
                true, "As many tickets wait to be used as this node has room for. Try again a little later.");
    }

    /** Whether it is no fault of the one sender. */
    public boolean isOfAll() {
        return isOfAll;
    }
}
