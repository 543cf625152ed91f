package dev.tidings.hub;

/** The log cannot be written or read now. Trying again later may succeed. The doors answer 503. */
public class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LogUnavailableException(String message) {
        super(message);
    }

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
