package dev.tidings.hub;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Logs failures where nothing may fail any more. What logging itself throws, as when memory has run out, is dropped.
 *
 * <p><b>Threads.</b> Any.
 */
public final class FailureLog {

    private FailureLog() {}

    /** Logs an error, if that is possible. */
    public static void error(Logger logger, String what, Throwable failure) {
        try {
            logger.log(Level.ERROR, what, failure);
        } catch (Throwable notEvenThat) {
            // There is nobody left to tell.
            return;
        }
    }
}
