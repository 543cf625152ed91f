package dev.tidings.launch;

import java.util.logging.LogManager;

/**
 * The JDK's own log manager, except that it logs until the hub has stopped. The JDK's takes its handlers away as soon as
 * Java begins to exit, so nothing would be seen of what goes wrong then.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ShutdownLogManager extends LogManager {

    private static final String MANAGER = "java.util.logging.manager";
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final String ONE_LINE = "%1$tF %1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

    /** Has this class log, one line for each record. What the operator has said about logging stays. */
    static void install() {
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, ShutdownLogManager.class.getName());
        }
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (!configured && System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, ONE_LINE);
        }
    }

    /** Does what Java asked for when it began to exit. */
    static void release() {
        if (LogManager.getLogManager() instanceof ShutdownLogManager ours) {
            ours.resetNow();
        }
    }

    /** Does nothing: reading the configuration calls it too, but there is nothing to take away then. */
    @Override
    public void reset() {}

    private void resetNow() {
        super.reset();
    }
}
