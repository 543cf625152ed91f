package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The time every second, as {@code 2006-01-02 15:04:05} in the server's zone. */
public final class ClockFeed implements Feed {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ZoneId zone;

    /** Makes a clock that shows the time of this zone. */
    public ClockFeed(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String path() {
        return "clock";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public PublishRequest next(Instant now) {
        return event(FORMAT.format(now.atZone(zone)));
    }
}
