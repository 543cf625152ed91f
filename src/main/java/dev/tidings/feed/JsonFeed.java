package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An order every three seconds, as JSON over many lines. Each line becomes a {@code data:} line, and they arrive as one
 * text.
 */
public final class JsonFeed implements Feed {

    /** An order in a shop. */
    record Order(int number, String placed, List<Line> lines, String note) {}

    /** One line of an order. The price is in cents. */
    record Line(String article, int count, int price) {}

    private int number = 1000;

    @Override
    public String path() {
        return "json";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(3);
    }

    @Override
    public PublishRequest next(Instant now) {
        number++;
        var lines = List.of(new Line("Coffee, 1 kg", number % 3 + 1, 1890), new Line("Filters <No. 4>", 1, 349));
        return event(Json.pretty(
                new Order(number, now.truncatedTo(ChronoUnit.SECONDS).toString(), lines, "Ring twice")));
    }
}
