package dev.tidings.logging;

/**
 * Makes the loggers of the hub's classes, which write text or JSON.
 *
 * <p>A logger is made when its class is first used, and stays as it is. So {@link #writeJson} comes before all others. For
 * text it is the JDK's own logger: one of ours in between would stand in each line as the class that logs.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Logs {

    private static volatile boolean json;

    private Logs() {}

    /** Has the loggers that are made from now on write JSON, or text. */
    public static void writeJson(boolean wanted) {
        json = wanted;
    }

    /** The logger of a class, which has its name. */
    public static System.Logger of(Class<?> logging) {
        return of(logging.getName());
    }

    /** The logger of this name. */
    public static System.Logger of(String name) {
        System.Logger plain = System.getLogger(name);
        return json ? new JsonLogger(plain) : plain;
    }
}
