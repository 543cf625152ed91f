package dev.tidings.stream;

import dev.tidings.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Frames that contain the topics of an event which a stream may see. Each is encoded once for the streams that see
 * the same topics at about the same time.
 *
 * <p>A stream whose reader has stalled holds on to the frame it is about to write; because it is shared,
 * one large event costs its size once, and not once for every such stream. The last {@value #REMEMBERED} frames are
 * remembered. A large one among them stays as long as no other comes.
 *
 * <p><b>Threads.</b> Any. Frames are shared; do not change them.
 *
 * @param <F> a frame, such as its bytes
 */
public final class SharedFrames<F> {

    private static final int REMEMBERED = 16;

    /**
     * Not a record: the JDK caches the code of a record's equals in a way that keeps its class, and so the whole web
     * application, in memory after it was undeployed.
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

    /** The frame of this event for streams that may see these topics of it. */
    public synchronized F of(Event event, List<String> topics) {
        return frames.computeIfAbsent(new Key(event, topics), key -> encoder.apply(event, topics));
    }
}
