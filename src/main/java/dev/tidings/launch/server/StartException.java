package dev.tidings.launch.server;

/** The server does not start. The message is a sentence for the operator that says what to do. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
