package dev.tidings.hub;

/** An idempotency key was used for other content not long ago. Nothing is published. */
public final class KeyReusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public KeyReusedException() {
        super("This Idempotency-Key was used with other content in the last five minutes; choose another key.");
    }
}
