package dev.tidings.http.stream;

/** What a turn at writing a stream came to. */
enum Turn {
    /** All is written, or the container will call when the socket takes more. */
    IDLE,
    /** There is more, once the others had their turn. */
    MORE,
    /** A write failed: everything else is left to the container. */
    FAILED,
    /** The stream is over and ours to complete. */
    OVER
}
