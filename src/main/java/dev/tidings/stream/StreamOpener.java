package dev.tidings.stream;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * Opens streams of every kind, in one order: what may refuse a stream is checked, the stream is made, it joins the
 * log's order, and then it begins. A stream that cannot begin is ended.
 *
 * <p><b>Threads.</b> Any.
 */
public final class StreamOpener {

    private final Hub hub;
    private final Streams streams;
    private final Duration heartbeat;
    private final Clock clock;

    /**
     * @param streams serves those that are open
     * @param heartbeat how long a stream may be idle
     */
    public StreamOpener(Hub hub, Streams streams, Duration heartbeat, Clock clock) {
        this.hub = hub;
        this.streams = streams;
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    /** Lets a stream write its first bytes, or wait for its peer. */
    @FunctionalInterface
    public interface Beginning<S> {

        /** Begins; when this throws, the stream ends. */
        void begin(S stream) throws IOException;
    }

    /**
     * Opens a stream: what is published once it has begun is delivered.
     *
     * @param life how long the stream lives by its token
     * @param framing what the stream of a subscriber looks like
     * @param stream makes the stream of the source of its frames; from here on only a lack of memory can refuse it
     * @throws LimitReachedException if a limit has no room for the stream
     * @throws LogUnavailableException if the log cannot tell now where the stream begins
     */
    public <F, S extends OpenStream> void open(
            Subscription asked,
            TokenLife life,
            Function<Subscriber, Framing<F>> framing,
            Function<FrameSource<F>, S> stream,
            Beginning<S> beginning)
            throws IOException {
        S opened = hub.subscribe(
                asked,
                subscriber -> stream.apply(new FrameSource<>(
                        subscriber, framing.apply(subscriber), life, heartbeat, clock.instant(), streams.nanoTime())));
        try {
            beginning.begin(opened);
        } catch (Throwable failure) {
            opened.subscriber().end(DisconnectReason.FAILED);
            throw failure;
        }
    }
}
