package dev.tidings.container.stream;

import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdStream;
import dev.tidings.testing.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some streams of a crowd that all ask for the same, and count what they get. */
final class Members {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Crowd crowd;
    private final List<CrowdStream> streams = new ArrayList<>();
    private final List<Counting> counts = new ArrayList<>();

    /**
     * Opens so many streams, and waits until all are open.
     *
     * @param receiveBuffer about how many bytes the server can send ahead of each; 0 for what the system gives
     * @param latencies what is told of each event
     */
    Members(Container hub, Crowd crowd, int count, int receiveBuffer, Latencies latencies, String... topics) {
        this.crowd = crowd;
        for (int i = 0; i < count; i++) {
            var counting = new Counting(latencies);
            counts.add(counting);
            streams.add(new CrowdStream(Streams.request(hub, topics), receiveBuffer, counting));
        }
        streams.forEach(crowd::open);
        crowd.eventually(
                count + " streams are open", PATIENCE, () -> streams.stream().allMatch(CrowdStream::isOpen));
    }

    void stall() {
        crowd.stall(streams);
    }

    void goOn() {
        crowd.goOn(streams);
    }

    /** Cuts them all. */
    void cut() {
        crowd.cut(streams);
    }

    /** Has those that were cut come back, all at once. */
    void resume() {
        streams.forEach(crowd::open);
    }

    /** How many have read so many events or more. */
    long having(int events) {
        return counts.stream().filter(count -> count.seen() >= events).count();
    }

    /** Waits until all have read so many events. */
    void awaitEvents(int events) {
        crowd.eventually("all have " + events + " events", PATIENCE, () -> having(events) == counts.size());
    }
}
