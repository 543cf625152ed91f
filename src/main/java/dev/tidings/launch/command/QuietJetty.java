package dev.tidings.launch.command;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has Jetty log warnings only, unless the operator has said something about logging. What it says when it starts is of
 * use to those who develop Jetty.
 *
 * <p><b>Threads.</b> Any.
 */
final class QuietJetty {

    /** The JDK forgets the level of a logger that nobody holds. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    /** It shows the stack of a deployment that was refused. The hub has said why. */
    private static final Logger DEPLOYMENT = Logger.getLogger("org.eclipse.jetty.ee10.webapp.WebAppContext");

    private QuietJetty() {}

    /** Whether the operator has said something about logging. */
    static boolean isConfigured() {
        return System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
    }

    static void beQuiet() {
        if (!isConfigured()) {
            JETTY.setLevel(Level.WARNING);
            DEPLOYMENT.setLevel(Level.SEVERE);
        }
    }
}
