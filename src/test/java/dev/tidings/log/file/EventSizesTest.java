package dev.tidings.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.log.EventLogContract;
import dev.tidings.log.HistoryIndex;
import dev.tidings.log.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a file's history without reading it. */
class EventSizesTest {

    private static final Position ORIGIN = new Position(Epoch.startingAt(Instant.EPOCH), 0);
    private static final Duration AGE = Duration.ofMinutes(5);

    /** All three bounds are reached, now one and now another. */
    private static final Retention BOUNDS = EventLogContract.retention(200, AGE, 6_000);

    private final HistoryIndex index = new HistoryIndex(BOUNDS, new EventSizes());

    /** Small and large events come alone and in batches, and time passes: what is held is what a plain list would say. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 64, 1_000_000_007})
    void whatIsHeldIsWhatTheBoundsAllow(long before) {
        var random = new Random(before);
        Deque<Event> held = new ArrayDeque<>();
        Instant now = Instant.EPOCH;
        long end = before;
        for (int round = 0; round < 1_000; round++) {
            now = now.plusSeconds(random.nextInt(random.nextInt(20) == 0 ? 400 : 10));
            int count = round == 0 ? 150 : random.nextInt(random.nextInt(20) == 0 ? 300 : 4);
            List<Event> batch = events(end, count, now, random);
            index.prepare(batch);
            index.forgetOlderThanAllowed(now);
            Instant oldest = now.minus(AGE);
            held.removeIf(event -> event.time().isBefore(oldest));
            for (Event event : batch) {
                index.add(event);
                held.add(event);
                end++;
                forgetWhatIsTooMuch(held);
            }
            assertThat(index.end()).isEqualTo(end);
            assertThat(index.start()).isEqualTo(end - held.size());
            String id = "id-" + random.nextInt(100);
            assertThat(index.find(id)).isEqualTo(first(held, id));
        }
    }

    /** A file that is opened begins where its oldest event is. */
    @Test
    void historyBeginsBeforeItsFirstEventWhateverThatOnesSequence() {
        Event first = event(700, 1, Instant.EPOCH, null);
        index.prepare(List.of(first));
        index.add(first);
        assertThat(index.start()).isEqualTo(699);
        assertThat(index.end()).isEqualTo(700);
    }

    private static void forgetWhatIsTooMuch(Deque<Event> held) {
        long bytes = held.stream().mapToLong(Event::textSize).sum();
        while (held.size() > BOUNDS.events() || (held.size() > 1 && bytes > BOUNDS.bytes())) {
            bytes -= held.remove().textSize();
        }
    }

    private static @Nullable Long first(Deque<Event> held, String id) {
        return held.stream()
                .filter(event -> id.equals(event.publisherId()))
                .map(Event::sequence)
                .findFirst()
                .orElse(null);
    }

    private static List<Event> events(long after, int count, Instant now, Random random) {
        return LongStream.rangeClosed(after + 1, after + count)
                .mapToObj(sequence -> event(
                        sequence, random.nextInt(50), now, random.nextInt(3) == 0 ? null : "id-" + random.nextInt(100)))
                .toList();
    }

    private static Event event(long sequence, int bytes, Instant time, @Nullable String id) {
        var request = new PublishRequest(List.of("/a"), null, "x".repeat(bytes), id, null, false);
        return Event.kept(ORIGIN.at(sequence), request, time);
    }
}
