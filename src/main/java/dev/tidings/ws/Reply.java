package dev.tidings.ws;

/**
 * What is said in answer to one frame of a client's.
 *
 * @param frame the text of the frame
 * @param whenTaken what has to be done when this is the next thing to be sent, and so comes before all that follows
 */
record Reply(String frame, Runnable whenTaken) {

    /** After which nothing has to be done. */
    static Reply of(String frame) {
        return new Reply(frame, () -> {});
    }
}
