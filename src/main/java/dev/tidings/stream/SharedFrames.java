package dev.tidings.stream;

import dev.tidings.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Frames that say which topics of its event a stream sees, each encoded once for the streams that see the same ones at
 * about the same time.
 *
 * <p>A stream whose reader has stalled holds on to the frame it is about to write; because it is shared,
 * one large event costs its size once, and not once for every such stream. Remembered are the last
 * {@value #REMEMBERED} frames, the large ones among them for as long as nothing else comes.
 *
 * <p><b>Threads.</b> Any. Frames are shared: nobody may change them.
 *
 * @param <F> a frame, such as its bytes
 */
public final class SharedFrames<F> {

    private static final int REMEMBERED = 16;

    /**
     * No record: the JDK's own code for a record's equals is cached in a place of the JDK's that keeps its class, and so
     * the whole web application, after it was undeployed.
     */
    private static final class Key {

        private final Event event;
        private final List<String> topics;

        Key(Event event, List<String> topics) {
            this.event = event;
            this.topics = topics;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.event.equals(event) && key.topics.equals(topics);
        }

        @Override
        public int hashCode() {
            return 31 * event.hashCode() + topics.hashCode();
        }
    }

    private final BiFunction<Event, List<String>, F> encoder;
    private final Map<Key, F> frames = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, F> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param encoder makes the frame of an event and those of its topics that are seen */
    public SharedFrames(BiFunction<Event, List<String>, F> encoder) {
        this.encoder = encoder;
    }

    /** The frame of this event as seen by those who may know of these topics of it. */
    public synchronized F of(Event event, List<String> topics) {
        return frames.computeIfAbsent(new Key(event, topics), key -> encoder.apply(event, topics));
    }
}
