package dev.tidings.ws;

import dev.tidings.auth.Grant;
import dev.tidings.hub.Subscriber;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.TokenLife;
import java.util.List;
import java.util.function.Function;

/**
 * The subscriber and the grant of one WebSocket. A newer token may replace the grant.
 *
 * <p><b>Threads.</b> Any; the container calls for one frame at a time.
 */
final class SocketSession {

    private final Subscriber subscriber;
    private final FrameSource<List<String>> source;
    private final Function<Grant, TokenLife> lives;
    private volatile Grant grant;

    /** @param lives how long a stream lives by the token of a grant */
    SocketSession(FrameSource<List<String>> source, Grant grant, Function<Grant, TokenLife> lives) {
        this.subscriber = source.subscriber();
        this.source = source;
        this.grant = grant;
        this.lives = lives;
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
        return source.renew(lives.apply(next));
    }
}
