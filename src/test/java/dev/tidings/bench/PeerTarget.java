package dev.tidings.bench;

import dev.tidings.testing.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another make of server.
 *
 * @param ending ends it
 */
record PeerTarget(
        String name, URI uri, Optional<ProcessHandle> process, Set<Ability> abilities, Dialect dialect, Runnable ending)
        implements Target {

    @Override
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    @Override
    public Envelope envelope() {
        return dialect.envelope();
    }

    @Override
    public StreamRequest stream(String channel) {
        return dialect.stream(uri, channel);
    }

    @Override
    public byte[] publish(String channel, String data) {
        return dialect.publish(uri, channel, data);
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
