package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final Position ORIGIN = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final LinkedBlockingQueue<Event> heard = new LinkedBlockingQueue<>();

    /** Found when an error ended the thread: publishers were answered, and nobody got their events. */
    @Test
    void listenerThatFailsOnceIsCalledAgain() throws InterruptedException {
        var failed = new AtomicBoolean();
        try (var tail = new Tail()) {
            tail.start(events -> {
                if (!failed.getAndSet(true)) {
                    throw new OutOfMemoryError("as if");
                }
                heard.addAll(events);
            });
            tail.add(List.of(event(1, "lost")));
            Event next = event(2, "next");
            while (!failed.get()) {
                Thread.onSpinWait();
            }
            tail.add(List.of(next));
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isSameAs(next);
            assertThat(tail.fault()).isNull();
        }
    }

    /** Found when thousands of events of a megabyte each waited for delivery, and memory ran out. */
    @Test
    void publishersAreHeldBackByTheBytesThatWait() throws InterruptedException {
        var release = new CountDownLatch(1);
        var listening = new CountDownLatch(1);
        try (var tail = new Tail()) {
            tail.start(events -> {
                listening.countDown();
                awaitQuietly(release);
                heard.addAll(events);
            });
            tail.add(List.of(event(1, "held")));
            assertThat(listening.await(30, TimeUnit.SECONDS)).isTrue();
            for (int place = 2; place <= 18; place++) {
                tail.add(List.of(event(place, "x".repeat(1 << 20))));
            }
            var publisher = new Thread(tail::awaitRoom);
            publisher.start();
            while (publisher.getState() != Thread.State.TIMED_WAITING) {
                assertThat(publisher.isAlive()).as("still held back").isTrue();
                Thread.onSpinWait();
            }
            release.countDown();
            publisher.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(publisher.isAlive()).isFalse();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Event event(long place, String data) {
        var request = new PublishRequest(List.of("/a"), null, data, null, null, false);
        return Event.kept(ORIGIN.at(place), request, Instant.EPOCH);
    }
}
