package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A hub with a small outbox over a log in memory, and how tests publish to it. */
abstract class HubFixture {

    static final int OUTBOX = 8;

    static final int HISTORY = 5_000;

    EventLog log;

    Hub hub;

    @BeforeEach
    void open() {
        open(memoryLog(), OUTBOX);
    }

    void open(EventLog log, int outbox) {
        this.log = log;
        hub = new Hub(log, outbox, 1L << 20, Clock.systemUTC());
    }

    static EventLog memoryLog() {
        return new MemoryLog(
                new Retention(HISTORY, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Has a subscriber ask for other topics than before, when all that was published is delivered. */
    void ask(RecordingSink sink, String... topics) {
        awaitDelivery();
        sink.subscriber().change(subscription -> subscription.withTopics(SelectorSet.parse(List.of(topics))));
    }

    void awaitDelivery() {
        Eventually.holds(
                "everything is delivered", () -> hub.delivered() == log.end().sequence());
    }

    Event publish(String data, String... topics) {
        return hub.publish(List.of(request(data, topics))).get(0);
    }

    Event publishPrivate(String data, String... topics) {
        return hub.publish(List.of(privately(data, topics))).get(0);
    }

    void publishMany(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(n -> publish(Integer.toString(n), "/a"));
    }

    static PublishRequest request(String data, String... topics) {
        return new PublishRequest(List.of(topics), null, data, null, null, false);
    }

    static PublishRequest privately(String data, String... topics) {
        return new PublishRequest(List.of(topics), null, data, null, null, true);
    }

    static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }
}
