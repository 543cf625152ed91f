package dev.tidings.bench;

import dev.tidings.testing.StreamRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server that is measured: where it is, and how it is spoken to.
 *
 * <p>A channel is a word that a scenario makes up: whoever has a stream of a channel gets what is published there.
 *
 * <p><b>Threads.</b> Any may ask; it is closed once.
 */
interface Target extends AutoCloseable {

    /** One word, as options and tables call it. */
    String name();

    /** Where it is: scheme, host, port, and where it has one a path. */
    URI uri();

    /** Its process, where it runs on this machine and is known. */
    Optional<ProcessHandle> process();

    /** Whether it can do what this scenario asks for. */
    boolean can(Ability ability);

    /** A request for a new stream of a channel, with a token of its own where tokens are wanted and can be made. */
    StreamRequest stream(String channel);

    /** A request for a stream that was made earlier, as it goes to where this server is now. */
    default StreamRequest current(StreamRequest earlier) {
        return earlier;
    }

    /** What its events come in. */
    default Envelope envelope() {
        return Envelope.NONE;
    }

    /** A whole request that publishes this in a channel. */
    byte[] publish(String channel, String data);

    /** A whole request that publishes several, in their order. */
    byte[] publishAll(List<Item> items);

    /**
     * Starts another one of its kind, which can be started again and again. It keeps its log in a file below this directory. Only if it can
     * {@link Ability#RESTART}.
     */
    default RestartableHub restartable(Path directory) {
        throw new UnsupportedOperationException(name() + " is not started by the benchmark");
    }

    /** Ends it, if it was started for the benchmark. */
    @Override
    void close();

    /** What not every server can do. */
    enum Ability {
        /** Take many events in one request. */
        BATCH,
        /** Resume a stream after an id. */
        RESUME,
        /** Go on with the others, and lose nothing, while some do not read. */
        SLOW_READERS,
        /** Tell of itself under {@code /metrics}, as the hub does. */
        METRICS,
        /** Be started again with what it has stored. */
        RESTART
    }

    /** One of several events of a request. */
    record Item(String channel, String data) {}
}
