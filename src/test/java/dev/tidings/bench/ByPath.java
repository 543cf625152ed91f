package dev.tidings.bench;

import dev.tidings.testing.CrowdPublisher;
import dev.tidings.testing.StreamRequest;
import java.net.URI;

/**
 * A server that is set up so that {@code GET /sse/{channel}} is a stream, and {@code POST /pub/{channel}} publishes the body to it.
 *
 * <p><b>Threads.</b> Any.
 */
record ByPath() implements Dialect {

    @Override
    public StreamRequest stream(URI server, String channel) {
        return StreamRequest.to(server, "/sse/" + channel);
    }

    @Override
    public byte[] publish(URI server, String channel, String data) {
        return CrowdPublisher.post(server, "/pub/" + channel, "Content-Type: text/plain\r\n", data);
    }
}
