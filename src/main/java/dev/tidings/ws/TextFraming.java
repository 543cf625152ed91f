package dev.tidings.ws;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.Gap;
import dev.tidings.hub.StartingPoint;
import dev.tidings.hub.Subscriber;
import dev.tidings.stream.Framing;
import dev.tidings.stream.SharedFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The frames of one WebSocket. The text of an event is shared by all streams that see the same topics of it. */
final class TextFraming implements Framing<List<String>> {

    private final Subscriber subscriber;
    private final SharedFrames<String> events;
    private final String node;
    private final boolean caughtUp;

    /**
     * @param node the name of the node it is connected to
     * @param caughtUp whether it says when all is written that was stored at first
     */
    TextFraming(Subscriber subscriber, SharedFrames<String> events, String node, boolean caughtUp) {
        this.subscriber = subscriber;
        this.events = events;
        this.node = node;
        this.caughtUp = caughtUp;
    }

    @Override
    public List<String> opening(StartingPoint start) {
        var frames = new ArrayList<String>();
        frames.add(ServerFrames.welcome(subscriber.id(), start.after(), node));
        Gap gap = start.gap();
        if (gap != null) {
            frames.add(ServerFrames.gap(gap));
        }
        return frames;
    }

    @Override
    public List<String> events(List<Event> some) {
        var frames = new ArrayList<String>(some.size());
        for (Event event : some) {
            frames.add(events.of(event, subscriber.visibleTopics(event)));
        }
        return frames;
    }

    @Override
    public List<String> gap(Gap gap) {
        return List.of(ServerFrames.gap(gap));
    }

    @Override
    public List<String> expiring(Instant expires) {
        return List.of(ServerFrames.expiring(expires));
    }

    @Override
    public boolean saysCaughtUp() {
        return caughtUp;
    }

    @Override
    public List<String> caughtUp(Position reached) {
        return List.of(ServerFrames.caughtUp(reached));
    }

    @Override
    public List<String> heartbeat(Position reached) {
        return List.of(ServerFrames.position(reached));
    }
}
