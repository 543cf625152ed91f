package dev.tidings.log;

import static dev.tidings.log.Requests.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupCommitSlownessTest {

    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();

    /** Found when publishers of large events each waited for a disk that hung, and memory ran out. */
    @Test
    void onlySoMuchTextWaitsForAWriterThatHangs() throws InterruptedException {
        try (var commits = new GroupCommit(new Hanging(), WAIT)) {
            var first = new Thread(() -> commits.append(List.of(Requests.of("first"))));
            first.start();
            Eventually.holds("the writer is slow", () -> commits.busyFor().compareTo(BoundedWait.QUICK) > 0);
            var large = List.of(Requests.of("x".repeat(10 << 20)));
            var second = new Thread(() -> commits.append(large));
            second.start();
            Eventually.holds("the second waits", () -> second.getState() == Thread.State.TIMED_WAITING);
            assertThatThrownBy(() -> commits.append(large))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("no room");
            answers.countDown();
            first.join();
            second.join();
            assertThat(written).hasValue(2);
        }
    }

    /** A writer that is at work until it may answer. */
    private final class Hanging implements GroupCommit.Writer {

        @Override
        public void write(List<Append> group) {
            try {
                answers.await();
            } catch (InterruptedException nobodyShould) {
                Thread.currentThread().interrupt();
            }
            written.addAndGet(group.size());
            group.forEach(append -> append.accept(List.<Event>of()));
        }

        @Override
        public void rest() {
            // There is nothing to tidy.
        }
    }
}
