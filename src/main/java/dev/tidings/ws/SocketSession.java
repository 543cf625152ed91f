package dev.tidings.ws;

import dev.tidings.auth.Grant;
import dev.tidings.hub.Subscriber;
import dev.tidings.stream.FrameSource;
import java.time.Clock;
import java.util.List;

/**
 * The subscriber and the grant of one WebSocket. A newer token may replace the grant.
 *
 * <p><b>Threads.</b> Any; the container calls for one frame at a time.
 */
final class SocketSession {

    private final Subscriber subscriber;
    private final FrameSource<List<String>> source;
    private final Clock clock;
    private volatile Grant grant;

    SocketSession(FrameSource<List<String>> source, Grant grant, Clock clock) {
        this.subscriber = source.subscriber();
        this.source = source;
        this.grant = grant;
        this.clock = clock;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Grant grant() {
        return grant;
    }

    /**
     * Replaces the grant, until the new token ends.
     *
     * @return to be run when the client is about to be told of the renewal; until then it gets no notice that the new
     * token ends
     */
    Runnable renew(Grant next) {
        subscriber.change(subscription -> subscription.withGranted(next.subscribe()));
        grant = next;
        return source.renew(next.ends(clock.instant()));
    }
}
