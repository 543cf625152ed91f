package dev.tidings.http;

import java.io.IOException;

/** Answers a request once its body is there; each door has its own. */
@FunctionalInterface
public interface BodyReceiver {

    /**
     * Answers the request. An exception becomes an answer as at every door.
     *
     * @param body all of it
     */
    void receive(Body body) throws IOException;
}
