package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Arrival;
import dev.tidings.testing.CrowdStream;
import dev.tidings.testing.Latencies;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads events whose data are a number and the {@link System#nanoTime} at which they were published, and sees that
 * each number is the one that is due among those of its type.
 *
 * <p><b>Threads.</b> One for each crowd; {@link #seen} is for any.
 */
final class Counting implements CrowdStream.Reader {

    private final Latencies latencies;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final AtomicInteger seen = new AtomicInteger();

    Counting(Latencies latencies) {
        this.latencies = latencies;
    }

    /** What to publish as the event with that number. */
    static String data(int number, String padding) {
        return number + " " + System.nanoTime() + " " + padding;
    }

    /** How many it has read. */
    int seen() {
        return seen.get();
    }

    @Override
    public void event(CrowdStream stream, Arrival event) {
        String type = event.type();
        int number = Math.toIntExact(event.number(0));
        assertThat(number).isEqualTo(numbers.getOrDefault(type, 0) + 1);
        numbers.put(type, number);
        latencies.since(event.number(1));
        seen.incrementAndGet();
    }
}
