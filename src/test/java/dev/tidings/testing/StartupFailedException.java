package dev.tidings.testing;

/**
 * A container that did not start, or started without the WAR.
 *
 * <p>Its message ends with what the container logged, so that a test can look there for the reason a deployment was
 * refused.
 */
public final class StartupFailedException extends RuntimeException {

    private final long pid;

    StartupFailedException(String message, long pid) {
        super(message);
        this.pid = pid;
    }

    /** The process that was the container; it has ended. */
    public long pid() {
        return pid;
    }
}
