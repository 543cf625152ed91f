package dev.tidings.bench;

import dev.tidings.testing.CrowdPublisher;
import dev.tidings.testing.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another make of server, set up so that {@code GET /sse/{channel}} is a stream and {@code POST /pub/{channel}}
 * publishes the body to it.
 *
 * @param ending ends it
 */
record PeerTarget(String name, URI uri, Optional<ProcessHandle> process, Set<Ability> abilities, Runnable ending)
        implements Target {

    @Override
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    @Override
    public StreamRequest stream(String channel) {
        return StreamRequest.to(uri, "/sse/" + channel);
    }

    @Override
    public byte[] publish(String channel, String data) {
        return CrowdPublisher.post(uri, "/pub/" + channel, "Content-Type: text/plain\r\n", data);
    }

    @Override
    public byte[] publishAll(List<Item> items) {
        throw new UnsupportedOperationException(name + " takes one event at a time");
    }

    @Override
    public void close() {
        ending.run();
    }
}
