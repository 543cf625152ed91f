package dev.tidings.soak;

/**
 * The numbered events of one topic as one client gets them: each number follows the one before.
 *
 * <p>An event may come again if its publisher had no answer and published it again, which its attempt tells.
 *
 * <p><b>Threads.</b> The crowd's; {@link #number} is for any.
 */
final class Sequence {

    private volatile long number;
    private long attempt;

    /** The last number; 0 before the first. */
    long number() {
        return number;
    }

    /** Takes the next; whether it is one that may come next. */
    boolean take(long next, long itsAttempt) {
        boolean fits = number == 0 || next == number + 1 || isAgain(next, itsAttempt);
        number = next;
        attempt = itsAttempt;
        return fits;
    }

    /** Whether this is the last event, published once more. */
    boolean isAgain(long next, long itsAttempt) {
        return next == number && itsAttempt > attempt;
    }

    /** Whatever comes next is right: there may have been a gap. */
    void forget() {
        number = 0;
    }
}
