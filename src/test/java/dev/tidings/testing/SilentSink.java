package dev.tidings.testing;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Peer;
import dev.tidings.hub.Sink;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that lies still: its subscriber is asked when a test wants to know what there is. */
public final class SilentSink implements Sink {

    private static final Peer PEER = new Peer("alice", "alice", "192.0.2.1", "test", "sse", null);

    private SilentSink() {}

    /** Subscribes alice to these topics, with a grant for those, from now on. */
    public static Subscriber subscribe(Hub hub, List<String> topics, List<String> granted) {
        return subscribe(hub, topics, granted, null);
    }

    /** The same from an id on, or from now on where it is null. */
    public static Subscriber subscribe(
            Hub hub, List<String> topics, List<String> granted, @Nullable String lastEventId) {
        return subscribe(
                hub,
                new Subscription(
                        SelectorSet.parse(topics), SelectorSet.parse(granted), PEER, StartRequest.after(lastEventId)));
    }

    /** Subscribes as this says. */
    public static Subscriber subscribe(Hub hub, Subscription subscription) {
        var made = new Subscriber[1];
        hub.subscribe(subscription, subscriber -> {
            made[0] = subscriber;
            return new SilentSink();
        });
        return made[0];
    }

    @Override
    public void wake() {
        // The test looks when it wants to.
    }

    @Override
    public void end(DisconnectReason reason) {
        // There is nothing to close.
    }
}
