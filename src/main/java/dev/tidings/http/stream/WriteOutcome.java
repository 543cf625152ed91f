package dev.tidings.http.stream;

/** How far a stream was written to. */
enum WriteOutcome {
    /** All is written, or the container will call when the socket takes more. */
    IDLE,
    /** There is more to write, after the other streams of the writer. */
    MORE,
    /** A write failed: everything else is left to the container. */
    FAILED,
    /** The stream has ended, and we have to complete it. */
    OVER
}
