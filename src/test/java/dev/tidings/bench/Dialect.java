package dev.tidings.bench;

import dev.tidings.testing.StreamRequest;
import java.net.URI;

/**
 * How a make of server is spoken to.
 *
 * <p><b>Threads.</b> Any.
 */
interface Dialect {

    /** A request for a stream of a channel. */
    StreamRequest stream(URI server, String channel);

    /** A whole request that publishes this in a channel. */
    byte[] publish(URI server, String channel, String data);

    /** What its events come in. */
    default Envelope envelope() {
        return Envelope.NONE;
    }
}
