package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A ping every second, with a type, an id, and a {@code retry} of ten seconds.
 *
 * <p>It is stored in history, unlike most feeds: one event a second, and only while it has viewers. So each event
 * has an id of its own, and a stream that was cut resumes after the last event that it got.
 */
public final class PingFeed implements Feed {

    private static final int RETRY_MS = 10_000;

    @Override
    public String path() {
        return "ping";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public PublishRequest next(Instant now) {
        String data = "data-" + now.getEpochSecond();
        return new PublishRequest(List.of(topic()), "ping", data, null, RETRY_MS, false);
    }
}
