package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prices that change, four a second, each as JSON with its key. A page keeps the latest price of each key.
 *
 * <p>Each key has a topic of its own, which is the first of its events, and history stores them. So a page that asks for the
 * latest begins with the latest price of each.
 */
public final class PricesFeed implements Feed {

    /** The latest price of one good, and its difference to the price before in percent. */
    record Price(String key, double price, double change) {}

    private final List<Price> prices = new ArrayList<>(List.of(
            new Price("cocoa", 7210, 0),
            new Price("coffee", 3985, 0),
            new Price("copper", 9640, 0),
            new Price("cotton", 1450, 0),
            new Price("sugar", 478, 0),
            new Price("tin", 32150, 0)));
    private final Random random = new Random();
    private int turn;

    @Override
    public String path() {
        return "prices";
    }

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(250);
    }

    @Override
    public PublishRequest next(Instant now) {
        int which = turn++ % prices.size();
        Price last = prices.get(which);
        double change = rounded(random.nextGaussian() * 0.4);
        var next = new Price(last.key(), rounded(last.price() * (1 + change / 100)), change);
        prices.set(which, next);
        return new PublishRequest(
                List.of(topic() + "/" + next.key(), topic()), null, Json.text(next), null, null, false);
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }
}
