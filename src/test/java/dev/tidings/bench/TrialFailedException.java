package dev.tidings.bench;

/** A trial that cannot go on; its message says why. */
final class TrialFailedException extends RuntimeException {

    TrialFailedException(String message) {
        super(message);
    }

    TrialFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
