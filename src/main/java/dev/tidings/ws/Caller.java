package dev.tidings.ws;

import dev.tidings.auth.Grant;
import dev.tidings.http.Outflow;
import dev.tidings.hub.Subscriber;
import java.time.Clock;

/**
 * Who speaks over one WebSocket: its subscriber, and what its token allows, which a newer one may change.
 *
 * <p><b>Threads.</b> Any; the container calls for one frame at a time.
 */
final class Caller {

    private final Subscriber subscriber;
    private final Outflow<Outgoing> outflow;
    private final Clock clock;
    private volatile Grant grant;

    Caller(Outflow<Outgoing> outflow, Grant grant, Clock clock) {
        this.subscriber = outflow.subscriber();
        this.outflow = outflow;
        this.grant = grant;
        this.clock = clock;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Grant grant() {
        return grant;
    }

    /** Has it another grant from now on, until that one's token ends. */
    void renew(Grant next) {
        subscriber.change(subscription -> subscription.withGranted(next.subscribe()));
        grant = next;
        outflow.renew(next.ends(clock.instant()));
    }
}
