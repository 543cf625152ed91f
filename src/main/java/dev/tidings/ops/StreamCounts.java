package dev.tidings.ops;

import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.SubscriberListener;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many streams of this node were opened, by transport, and ended, by reason.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says. Any may read.
 */
public final class StreamCounts implements SubscriberListener {

    /** All that there are, so that each has a figure from the beginning. */
    static final List<String> TRANSPORTS = List.of("sse", "ws");

    private final Map<String, LongAdder> opened = new ConcurrentHashMap<>();
    private final Map<DisconnectReason, LongAdder> ended = new EnumMap<>(DisconnectReason.class);

    /** None yet. */
    public StreamCounts() {
        TRANSPORTS.forEach(transport -> opened.put(transport, new LongAdder()));
        for (DisconnectReason reason : DisconnectReason.values()) {
            ended.put(reason, new LongAdder());
        }
    }

    @Override
    public void connected(Client client) {
        opened.computeIfAbsent(client.peer().transport(), none -> new LongAdder())
                .increment();
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        LongAdder count = ended.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** How many were opened, by transport. */
    Map<String, Long> opened() {
        var counts = new TreeMap<String, Long>();
        opened.forEach((transport, count) -> counts.put(transport, count.sum()));
        return counts;
    }

    /** How many have ended, by reason. */
    Map<DisconnectReason, Long> ended() {
        var counts = new EnumMap<DisconnectReason, Long>(DisconnectReason.class);
        ended.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
