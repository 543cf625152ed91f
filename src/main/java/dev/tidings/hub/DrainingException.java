package dev.tidings.hub;

/** The node drains, so it opens no more streams. Another node does, or this one when it has been started again. */
public final class DrainingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DrainingException() {
        super("This node is about to stop, so it opens no more streams. Try again.", null, false, false);
    }
}
