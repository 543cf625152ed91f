package dev.tidings.http;

import java.io.IOException;

/** What a door does with a request once its body is there. */
@FunctionalInterface
public interface BodyReceiver {

    /**
     * Answers the request. What it throws is answered as everything is that a door throws.
     *
     * @param body all of it
     */
    void receive(Body body) throws IOException;
}
