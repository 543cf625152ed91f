package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private final GroupCommit commits = new GroupCommit(
            new GroupWriter() {
                @Override
                public void write(List<PendingAppend> group) {
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

    @Test
    void restThatFailsIsFollowedByOthersAndByWrites() {
        // It pauses for a second before each.
        Eventually.holds("it maintained again and again", Eventually.LIMIT.plusSeconds(2), () -> maintained.get() > 1);
        assertThat(commits.append(List.of(Requests.of("1")), null)).hasSize(1);
    }
}
