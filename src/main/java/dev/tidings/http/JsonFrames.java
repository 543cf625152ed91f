package dev.tidings.http;

import dev.tidings.event.Event;
import dev.tidings.event.EventFrame;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of {@code frame=json}, each encoded once for the streams that see the same topics of its
 * event at about the same time.
 *
 * <p>A stream whose reader has stalled holds on to the frame it is about to write; because it is shared,
 * one large event costs its size once, and not once for every such stream. Remembered are the last
 * {@value #REMEMBERED} frames, the large ones among them for as long as nothing else comes.
 *
 * <p><b>Threads.</b> Any. Arrays are shared: nobody may change them.
 */
final class JsonFrames {

    private static final int REMEMBERED = 16;

    private record Key(Event event, List<String> topics) {}

    private final Map<Key, byte[]> frames = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, byte[]> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The frame of this event as seen by those who may know of these topics of it. */
    synchronized byte[] of(Event event, List<String> topics) {
        return frames.computeIfAbsent(new Key(event, topics), JsonFrames::encode);
    }

    private static byte[] encode(Key key) {
        Event event = key.event();
        var data = new LinkedHashMap<String, Object>();
        data.put("id", event.id());
        data.put("topics", key.topics());
        data.put("type", event.type());
        data.put("data", event.data());
        data.put("time", event.time().truncatedTo(ChronoUnit.MILLIS).toString());
        return EventFrame.event(null, event.retry(), event.id(), EventsFraming.json(data));
    }
}
