package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Position ORIGIN = new Position(Epoch.startingAt(Instant.EPOCH), 0);

    private final Logger logger = Logger.getLogger("dev.tidings");
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger maintained = new AtomicInteger();
    private final AtomicInteger sequence = new AtomicInteger();

    private final List<Integer> groups = new CopyOnWriteArrayList<>();

    /** Closed while the store is busy. */
    private volatile CountDownLatch free = new CountDownLatch(0);

    private final GroupCommit commits = new GroupCommit(
            new GroupWriter() {
                @Override
                public void write(List<PendingAppend> group) {
                    groups.add(group.stream()
                            .mapToInt(append -> append.requests().size())
                            .sum());
                    await(free);
                    for (PendingAppend append : group) {
                        if (failures.getAndDecrement() > 0) {
                            throw new OutOfMemoryError("as if");
                        }
                        append.accept(append.requests().stream()
                                .map(request ->
                                        Event.kept(ORIGIN.at(sequence.incrementAndGet()), request, Instant.EPOCH))
                                .toList());
                    }
                }

                @Override
                public long maintain() {
                    maintained.incrementAndGet();
                    throw new OutOfMemoryError("as if");
                }
            },
            "the disk",
            new BoundedWait(Duration.ofSeconds(30)));

    @BeforeEach
    void quiet() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        commits.close();
        logger.setLevel(null);
    }

    /** Found when an error ended the thread, and publishers waited for ever. */
    @Test
    void publisherWhoseWriteFailedIsToldAndTheNextIsAnswered() {
        failures.set(1);
        assertThatThrownBy(() -> commits.append(List.of(Requests.of("1")), null))
                .isInstanceOf(LogUnavailableException.class);
        assertThat(commits.append(List.of(Requests.of("2")), null)).hasSize(1);
        assertThat(commits.isWriting()).isTrue();
    }

    /** As many words would be more than some servers take in one command. */
    @Test
    void publishersShareAWriteUpToItsBound() {
        free = new CountDownLatch(1);
        List<PublishRequest> many = Collections.nCopies(30_000, Requests.of("x"));
        var publishers = new ArrayList<Thread>();
        try {
            for (int n = 0; n < 4; n++) {
                var publisher = new Thread(() -> commits.append(many, null));
                publisher.start();
                publishers.add(publisher);
            }
            Eventually.holds(
                    "all wait",
                    () -> publishers.stream()
                            .allMatch(publisher -> publisher.getState() == Thread.State.TIMED_WAITING));
        } finally {
            free.countDown();
        }
        Eventually.passes(
                () -> assertThat(groups.stream().mapToInt(n -> n).sum()).isEqualTo(4 * 30_000));
        assertThat(groups).allMatch(events -> events <= 50_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void restThatFailsIsFollowedByOthersAndByWrites() {
        // It pauses for a second before each.
        Eventually.holds("it maintained again and again", Eventually.LIMIT.plusSeconds(2), () -> maintained.get() > 1);
        assertThat(commits.append(List.of(Requests.of("1")), null)).hasSize(1);
    }
}
