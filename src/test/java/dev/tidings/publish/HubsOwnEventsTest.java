package dev.tidings.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Hub;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.Subscriber;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.SilentSink;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the hub's own publishers may publish, and what becomes of it. */
class HubsOwnEventsTest {

    private final MemoryLog log = new MemoryLog(
            new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private final Hub hub = new Hub(log, 8, 1 << 20, Clock.systemUTC());
    private final PublishService publishing = new PublishService(
            hub,
            new PublishGuard(List.of("/feeds")),
            new RateLimit("published", 0, System::nanoTime),
            new Refusals(System::nanoTime),
            System::nanoTime,
            new BoundedWait(Duration.ofSeconds(5)));

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void publishedEventIsStored() {
        publishing.publishOwn(event("/feeds/ping"));

        assertThat(log.end().sequence()).isEqualTo(1);
    }

    @Test
    void passedEventIsDeliveredAndNotStored() {
        Subscriber subscriber = SilentSink.subscribe(hub, List.of("/feeds/clock"), List.of());

        publishing.passOwn(event("/feeds/clock"));

        Eventually.holds("it is delivered", () -> subscriber.queued() == 1);
        assertThat(log.end().sequence()).isZero();
    }

    @Test
    void topicOfClientsIsRefusedAndNothingIsPublished() {
        Subscriber subscriber = SilentSink.subscribe(hub, List.of("*"), List.of());

        assertThatIllegalArgumentException().isThrownBy(() -> publishing.publishOwn(event("/all")));
        assertThatIllegalArgumentException().isThrownBy(() -> publishing.passOwn(event("/all")));

        publishing.publishOwn(event("/feeds/ping"));
        Eventually.holds("the next is delivered", () -> subscriber.queued() > 0);
        assertThat(subscriber.queued()).isEqualTo(1);
        assertThat(log.end().sequence()).isEqualTo(1);
    }

    private static PublishRequest event(String topic) {
        return new PublishRequest(List.of(topic), null, "x", null, null, false);
    }
}
