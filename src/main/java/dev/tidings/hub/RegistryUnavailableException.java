package dev.tidings.hub;

/**
 * The registry cannot speak for all nodes now, since one of them or what they share does not answer. Trying again later may
 * succeed. The doors answer 503.
 */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message for the operator, in whole sentences: what is missing, and what may have happened all the same */
    public RegistryUnavailableException(String message) {
        super(message);
    }
}
