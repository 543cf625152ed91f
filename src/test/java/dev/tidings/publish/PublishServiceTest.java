package dev.tidings.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.Grant;
import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Hub;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishing by a door whose publishers have no keys. */
class PublishServiceTest {

    private static final Grant GRANT =
            new Grant("alice", SelectorSet.parse(List.of("/news")), SelectorSet.of(List.of()), null, null);

    private final ManualClock clock = new ManualClock();
    private final MemoryLog log =
            new MemoryLog(new Retention(100, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), clock);
    private final PublishService service = new PublishService(
            new Hub(log, 8, 1 << 20, clock),
            new PublishGuard(List.of("/clients")),
            new RateLimit("published", 0, System::nanoTime),
            new Refusals(System::nanoTime),
            clock::nanoTime,
            new BoundedWait(Duration.ofSeconds(1)));

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void publisherGetsTheEventsThatTheLogHolds() {
        List<Event> published = service.publish(GRANT, List.of(event("/news", "a"), event("/news", "b")));
        assertThat(published).extracting(Event::data).containsExactly("a", "b");
        assertThat(published).isEqualTo(log.readAfter(log.start().sequence(), 10, Long.MAX_VALUE));
    }

    @Test
    void oneEventThatIsNotAllowedRefusesAllOfThem() {
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> service.publish(GRANT, List.of(event("/news", "a"), event("/other", "b"))))
                .withMessageContaining("/other");
        assertThat(log.end()).isEqualTo(log.start());
    }

    private static PublishRequest event(String topic, String data) {
        return new PublishRequest(List.of(topic), null, data, null, null, false);
    }
}
