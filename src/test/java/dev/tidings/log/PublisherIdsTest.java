package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherIdsTest {

    private static final Position ORIGIN = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final PublisherIds ids = new PublisherIds();

    /** Ids come and go, alone and in batches, often the same ones: what is found is what a plain list would say. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 10_000})
    void idIsFoundAtTheFirstEventHeldThatHasIt(int different) {
        var random = new Random(different);
        Deque<Event> held = new ArrayDeque<>();
        long sequence = 0;
        for (int round = 0; round < 500; round++) {
            List<Event> batch = events(sequence, random.nextInt(random.nextInt(20) == 0 ? 200 : 4), random, different);
            sequence += batch.size();
            ids.prepare(batch);
            batch.forEach(ids::add);
            held.addAll(batch);
            long forgotten = sequence - random.nextInt(300);
            ids.forgetUpTo(forgotten);
            held.removeIf(event -> event.sequence() <= forgotten);
            String id = "id-" + random.nextInt(different);
            assertThat(ids.find(id)).isEqualTo(first(held, id));
        }
    }

    @Test
    void whatWasPreparedAndNeverAddedIsNotThere() {
        List<Event> batch = events(0, 300, new Random(1), 1_000_000);
        ids.prepare(batch);
        batch.forEach(event ->
                assertThat(ids.find(String.valueOf(event.publisherId()))).isNull());
    }

    /** Texts with the same hash of Java's own are easy to make: 2^16 of 32 characters. */
    @Test
    void idsThatAreChosenToCollideAreFoundAsFastAsOthers() {
        List<Event> colliding = IntStream.range(0, 1 << 16)
                .mapToObj(n -> event(n + 1, collision(n)))
                .toList();
        assertThat(colliding.stream().map(event -> event.id().hashCode()).distinct())
                .hasSize(1);
        ids.prepare(colliding);
        colliding.forEach(ids::add);
        for (Event event : colliding) {
            assertThat(ids.find(event.id())).isEqualTo(event.sequence());
        }
    }

    private static String collision(int number) {
        var id = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            id.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return id.toString();
    }

    private static List<Event> events(long after, int count, Random random, int different) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> event(after + n, random.nextInt(4) == 0 ? null : "id-" + random.nextInt(different)))
                .toList();
    }

    private static Event event(long sequence, @Nullable String id) {
        return Event.kept(
                ORIGIN.at(sequence), new PublishRequest(List.of("/a"), null, null, id, null, false), Instant.EPOCH);
    }

    private static @Nullable Long first(Deque<Event> held, String id) {
        return held.stream()
                .filter(event -> id.equals(event.publisherId()))
                .map(Event::sequence)
                .findFirst()
                .orElse(null);
    }
}
