package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final Position ORIGIN = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final LinkedBlockingQueue<Event> heard = new LinkedBlockingQueue<>();

    /** How many events the listener was handed at a time. */
    private final List<Integer> handed = new CopyOnWriteArrayList<>();

    private final CountDownLatch release = new CountDownLatch(1);
    private final Tail tail = new Tail();

    @AfterEach
    void close() {
        release.countDown();
        tail.close();
    }

    /** Found when an error ended the thread: publishers were answered, and nobody got their events. */
    @Test
    void listenerThatFailsOnceIsCalledAgain() {
        var failed = new AtomicBoolean();
        tail.start(events -> {
            if (!failed.getAndSet(true)) {
                throw new OutOfMemoryError("as if");
            }
            heard.addAll(events);
        });
        tail.add(List.of(event(1, "lost")));
        Event next = event(2, "next");
        Eventually.holds("it failed", failed::get);
        tail.add(List.of(next));
        Eventually.passes(() -> assertThat(heard).containsExactly(next));
        assertThat(tail.fault()).isNull();
    }

    /** Found when thousands of events of a megabyte each waited for delivery, and memory ran out. */
    @Test
    void publishersAreHeldBackByTheBytesThatWait() {
        listen();
        int sequence = 2;
        int large = event(sequence, "x".repeat(1 << 20)).size();
        for (long bytes = large; bytes < 16 << 20; bytes += large) {
            tail.add(List.of(event(sequence++, "x".repeat(1 << 20))));
        }
        tail.awaitRoom();
        tail.add(List.of(event(sequence, "x".repeat(1 << 20))));
        CompletableFuture<Void> publisher = heldBack();
        release.countDown();
        Eventually.value(publisher);
    }

    @Test
    void publishersAreHeldBackByTheEventsThatWait() {
        listen();
        for (int sequence = 2; sequence <= 8_192; sequence++) {
            tail.add(List.of(event(sequence, "x")));
        }
        tail.awaitRoom();
        tail.add(List.of(event(8_193, "x")));
        CompletableFuture<Void> publisher = heldBack();
        release.countDown();
        Eventually.value(publisher);
    }

    @Test
    void whoIsHeldBackIsRefusedAtTheEndAndWhatWaitsIsNotDelivered() {
        listen();
        fill();
        CompletableFuture<Void> publisher = heldBack();
        var closing = new Thread(tail::close);
        closing.start();
        assertThatThrownBy(() -> Eventually.value(publisher))
                .hasCauseInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("the log is closed");
        release.countDown();
        tail.close();
        assertThat(heard).extracting(Event::data).containsExactly("first");
        assertThat(tail.fault()).contains("does not run");
        assertThatThrownBy(tail::awaitRoom).hasMessage("the log is closed");
    }

    @Test
    void whoIsInterruptedWhileHeldBackIsRefused() {
        listen();
        fill();
        Thread.currentThread().interrupt();
        assertThatThrownBy(tail::awaitRoom)
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("it is told on").isTrue();
    }

    /** So that the delivering thread shows that it moves. */
    @Test
    void longBatchIsHandedOverInPartsWholeAndInOrder() {
        listen();
        for (int sequence = 2; sequence <= 3_001; sequence++) {
            tail.add(List.of(event(sequence, "x")));
        }
        release.countDown();
        Eventually.holds("all is heard", () -> heard.size() == 3_001);
        assertThat(heard)
                .extracting(Event::sequence)
                .isEqualTo(LongStream.rangeClosed(1, 3_001).boxed().toList());
        assertThat(handed).containsExactly(1, 1_024, 1_024, 952);
    }

    @Test
    void whatWasReservedIsAddedAmongTheOthers() {
        tail.reserve(2);
        tail.add(List.of(event(1, "1")));
        tail.addReserved(List.of(event(2, "2"), event(3, "3")));
        tail.start(heard::addAll);
        Eventually.passes(() -> assertThat(heard).extracting(Event::data).containsExactly("1", "2", "3"));
        tail.addReserved(List.of(event(4, "4")));
        Eventually.holds("it is woken", () -> heard.size() == 4);
    }

    @Test
    void deliveringThreadRestsUntilSomethingIsAdded() {
        listen();
        release.countDown();
        for (int sequence = 2; sequence <= 20; sequence++) {
            int heardBefore = sequence - 1;
            Eventually.holds("all is heard", () -> heard.size() == heardBefore);
            Eventually.holds("it rests", () -> tail.thread().busyFor().isZero());
            tail.add(List.of(event(sequence, "x")));
        }
        Eventually.holds("all is heard", () -> heard.size() == 20);
        assertThat(handed).as("never nothing").hasSize(20).containsOnly(1);
    }

    @Test
    void threadThatDeliversIsKnownByItsName() {
        assertThat(tail.thread().name()).isEqualTo("tidings-delivery");
    }

    /** Returns when the listener was handed a first event, with which it is until it is released. */
    private void listen() {
        var listening = new CountDownLatch(1);
        tail.start(events -> {
            listening.countDown();
            awaitQuietly(release);
            handed.add(events.size());
            heard.addAll(events);
        });
        tail.add(List.of(event(1, "first")));
        Eventually.holds("the listener has it", () -> listening.getCount() == 0);
    }

    private void fill() {
        for (int sequence = 2; sequence <= 18; sequence++) {
            tail.add(List.of(event(sequence, "x".repeat(1 << 20))));
        }
    }

    /** A publisher that waits for room. */
    private CompletableFuture<Void> heldBack() {
        var done = new CompletableFuture<Void>();
        var publisher = new Thread(() -> {
            try {
                tail.awaitRoom();
                done.complete(null);
            } catch (LogUnavailableException refused) {
                done.completeExceptionally(refused);
            }
        });
        publisher.start();
        Eventually.holds("it is held back", () -> publisher.getState() == Thread.State.TIMED_WAITING);
        return done;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Event event(long sequence, String data) {
        var request = new PublishRequest(List.of("/a"), null, data, null, null, false);
        return Event.kept(ORIGIN.at(sequence), request, Instant.EPOCH);
    }
}
