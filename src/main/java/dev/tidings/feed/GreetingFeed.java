package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A greeting every five seconds, each time in another language, as JSON. */
public final class GreetingFeed implements Feed {

    private static final List<String> GREETINGS = List.of(
            "Hello!",
            "Bonjour !",
            "Guten Tag!",
            "¡Hola!",
            "Ciao!",
            "Olá!",
            "Hej!",
            "Dzień dobry!",
            "Ahoj!",
            "Καλημέρα!");

    /** A greeting. Its timestamp is ISO-8601. */
    record Greeting(String timestamp, String message) {}

    private int turn;

    @Override
    public String path() {
        return "greeting";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public PublishRequest next(Instant now) {
        String message = GREETINGS.get(turn++ % GREETINGS.size());
        return event(Json.text(new Greeting(now.truncatedTo(ChronoUnit.MILLIS).toString(), message)));
    }
}
