package dev.tidings.launch;

/**
 * How the JDK's logging is set up when the hub runs without a container: by {@link ShutdownLogManager}, one line for each
 * record. What the operator has said about logging stays.
 *
 * <p>It is no part of that class. The JDK chooses its log manager when a subclass of its own is first used, and would do so
 * before it is told which.
 *
 * <p><b>Threads.</b> {@code main}, before anything is logged.
 */
final class ConsoleLog {

    private static final String MANAGER = "java.util.logging.manager";
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final String ONE_LINE = "%1$tF %1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

    private ConsoleLog() {}

    /** Sets it up. */
    static void install() {
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, "dev.tidings.launch.ShutdownLogManager");
        }
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (!configured && System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, ONE_LINE);
        }
    }
}
