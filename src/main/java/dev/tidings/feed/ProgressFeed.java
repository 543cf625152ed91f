package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import java.time.Duration;
import java.time.Instant;

/** A job of half a minute that says how far it is, as JSON of the type {@code progress}; then comes the next job. */
public final class ProgressFeed implements Feed {

    private static final Duration STEP = Duration.ofMillis(300);
    private static final int DONE = 100;
    private static final int REST = 10;

    /** How far the job is; {@code eta} is in seconds. */
    record Progress(String stage, int percent, long eta, String message) {}

    private int step;

    @Override
    public String path() {
        return "progress";
    }

    @Override
    public Duration pause() {
        return STEP;
    }

    @Override
    public void begin() {
        step = 0;
    }

    @Override
    public PublishRequest next(Instant now) {
        int percent = Math.min(step, DONE);
        step = (step + 1) % (DONE + REST);
        return event("progress", Json.text(progress(percent)));
    }

    private static Progress progress(int percent) {
        long eta = STEP.multipliedBy(DONE - percent).plusMillis(999).toSeconds();
        if (percent < 15) {
            return new Progress("prepare", percent, eta, "Looking for what has changed");
        } else if (percent < 80) {
            return new Progress("copy", percent, eta, "Copying file " + (percent - 14) * 12 + " of 780");
        } else if (percent < DONE) {
            return new Progress("check", percent, eta, "Checking what was copied");
        }
        return new Progress("done", percent, eta, "Everything is copied");
    }
}
