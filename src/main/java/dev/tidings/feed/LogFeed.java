package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A line of a server's log twice a second. */
public final class LogFeed implements Feed {

    private static final List<String> PATHS = List.of("/", "/orders", "/orders/1842", "/login", "/img/logo.svg");

    private final Random random = new Random();

    @Override
    public String path() {
        return "log";
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(500);
    }

    @Override
    public PublishRequest next(Instant now) {
        int dice = random.nextInt(20);
        String level = dice == 0 ? "ERROR" : dice < 3 ? "WARN" : "INFO";
        int status = dice == 0 ? 500 : dice < 3 ? 404 : 200;
        String path = PATHS.get(random.nextInt(PATHS.size()));
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        int millis = 1 + random.nextInt(90);
        return event(String.format(Locale.ROOT, "%s %-5s GET %s %d %d ms", time, level, path, status, millis));
    }
}
