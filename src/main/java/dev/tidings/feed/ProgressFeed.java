package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import java.time.Duration;
import java.time.Instant;

/** The progress of a job of half a minute, as JSON of the type {@code progress}. Then the next job begins. */
public final class ProgressFeed implements Feed {

    private static final Duration STEP = Duration.ofMillis(300);
    private static final int DONE = 100;
    private static final int PAUSE = 10;

    /** The progress of the job. {@code eta} is in seconds. */
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
        step = (step + 1) % (DONE + PAUSE);
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
