package dev.tidings.testing;

/** How a stream came to its end. */
public enum StreamEnd {
    /** The server ended it: with the last chunk where there are chunks, and otherwise with the connection. */
    COMPLETE,
    /** The connection went away in the middle. */
    CUT,
    /** We closed it. */
    CLOSED
}
