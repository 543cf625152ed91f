package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import java.lang.System.Logger.Level;

/**
 * Writes a line into the container's log for each thing that an operator has done, with who did it. The logger is {@value #NAME}.
 *
 * <p><b>Threads.</b> Any.
 */
public final class OperatorLog {

    /** The name of the logger. */
    public static final String NAME = "dev.tidings.operators";

    private static final System.Logger LOG = Logs.of(NAME);

    private OperatorLog() {}

    /**
     * Says what was done.
     *
     * @param who whose token allowed it
     * @param done what it was; who did it is added
     */
    public static void say(Authentication who, LogLine done) {
        Grant grant = who.requireGrant();
        LOG.log(Level.INFO, done.add("by", grant.user() == null ? who.name() : grant.user()));
    }
}
