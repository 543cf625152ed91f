package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** News every five seconds, as JSON of the type {@code notification}. */
public final class NotificationFeed implements Feed {

    /** The parts of a browser's Notification. */
    record Notification(String title, String body) {}

    private static final List<Notification> NEWS = List.of(
            new Notification("Your report is ready", "Sales by region, 14 pages"),
            new Notification("Build 512 passed", "All tests, in 4 minutes"),
            new Notification("A parcel is on its way", "It arrives tomorrow before noon"),
            new Notification("Maintenance at noon", "It takes ten minutes"));

    private int turn;

    @Override
    public String path() {
        return "notification";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public PublishRequest next(Instant now) {
        return event("notification", Json.text(NEWS.get(turn++ % NEWS.size())));
    }
}
