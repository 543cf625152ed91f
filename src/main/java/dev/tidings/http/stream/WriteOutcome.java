package dev.tidings.http.stream;

/** How far a stream was written to. */
enum WriteOutcome {
    /** All is written, or the container will call when the socket takes more. */
    IDLE,
    /** There is more, once the others had their turn. */
    MORE,
    /** A write failed: everything else is left to the container. */
    FAILED,
    /** The stream is over and ours to complete. */
    OVER
}
