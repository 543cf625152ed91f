package dev.tidings.testing;

/** How a stream came to its end. */
public enum StreamEnd {
    /** The server ended it, last chunk and all. */
    COMPLETE,
    /** The connection went away in the middle. */
    CUT,
    /** We closed it. */
    CLOSED
}
