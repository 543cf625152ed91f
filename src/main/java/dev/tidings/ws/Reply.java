package dev.tidings.ws;

/**
 * The answer to one frame of a client.
 *
 * @param frame the text of the frame
 * @param whenTaken runs when this is the next frame to be sent, so that its effects come after the frame
 */
record Reply(String frame, Runnable whenTaken) {

    /** A reply without further effects. */
    static Reply of(String frame) {
        return new Reply(frame, () -> {});
    }
}
