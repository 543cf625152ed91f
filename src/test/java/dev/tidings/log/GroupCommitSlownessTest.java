package dev.tidings.log;

import static dev.tidings.log.Requests.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitSlownessTest {

    /** Which is a mebibyte with the topic {@code /a}. */
    private static final String X = "x".repeat((1 << 20) - 2);

    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();
    private final List<Integer> groups = new CopyOnWriteArrayList<>();
    private final GroupCommit commits = new GroupCommit(new Hanging(), "the disk", WAIT);

    @AfterEach
    void close() {
        answers.countDown();
        commits.close();
    }

    /** Found when publishers of large events each waited for a disk that hung, and memory ran out. */
    @Test
    void onlySoMuchTextWaitsForAWriterThatHangs() throws InterruptedException {
        var first = new Thread(() -> commits.append(List.of(Requests.of("first")), null));
        first.start();
        Eventually.holds("the writer is slow", () -> commits.busyFor().compareTo(BoundedWait.QUICK) > 0);
        var large = List.of(Requests.of("x".repeat(10 << 20)));
        var second = new Thread(() -> commits.append(large, null));
        second.start();
        Eventually.holds("the second waits", () -> second.getState() == Thread.State.TIMED_WAITING);
        assertThatThrownBy(() -> commits.append(large, null))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("no room");
        answers.countDown();
        first.join();
        second.join();
        assertThat(written).hasValue(2);
    }

    @Test
    void whatCameTogetherIsWrittenTogetherUpToFourMebibytes() throws InterruptedException {
        var publishers = new ArrayList<Thread>();
        for (String data : List.of("first", X, X, X, X, X, X.repeat(5), "last")) {
            Eventually.holds(
                    "the first is being written",
                    () -> publishers.isEmpty() || commits.busyFor().toNanos() > 0);
            var publisher = new Thread(() -> commits.append(List.of(Requests.of(data)), null));
            publisher.start();
            publishers.add(publisher);
            Eventually.holds("it waits", () -> publisher.getState() == Thread.State.TIMED_WAITING);
        }
        answers.countDown();
        for (Thread publisher : publishers) {
            publisher.join(Eventually.LIMIT.toMillis());
        }
        assertThat(groups).containsExactly(1, 4, 1, 1, 1);
    }

    @Test
    void whatWasNotBegunIsTakenBackByWhoeverGoes() throws InterruptedException {
        try (var impatient = new GroupCommit(new Hanging(), "the disk", new BoundedWait(Duration.ofSeconds(1)))) {
            var told = new CopyOnWriteArrayList<Throwable>();
            var begun = new Thread(() -> {
                try {
                    impatient.append(List.of(Requests.of("begun")), null);
                } catch (LogUnavailableException late) {
                    told.add(late);
                }
            });
            begun.start();
            Eventually.holds("it is being written", () -> impatient.busyFor().toNanos() > 0);
            assertThatThrownBy(() -> impatient.append(List.of(Requests.of("taken back")), null))
                    .isInstanceOf(LogUnavailableException.class)
                    .isNotInstanceOf(OutcomeUnknownException.class)
                    .hasMessageMatching("the disk has not answered for \\d+ ms, and nothing was accepted");
            begun.join();
            assertThat(told).hasExactlyElementsOfTypes(OutcomeUnknownException.class);
            answers.countDown();
            Eventually.holds("it was written", () -> impatient.busyFor().isZero());
        }
        assertThat(groups).containsExactly(1);
    }

    @Test
    void whatWaitsIsWrittenBeforeItCloses() throws InterruptedException {
        var first = new Thread(() -> commits.append(List.of(Requests.of("first")), null));
        first.start();
        Eventually.holds("the first is being written", () -> commits.busyFor().toNanos() > 0);
        var second = new Thread(() -> commits.append(List.of(Requests.of("second")), null));
        second.start();
        Eventually.holds("the second waits", () -> second.getState() == Thread.State.TIMED_WAITING);
        var closing = new Thread(commits::close);
        closing.start();
        Eventually.holds("it is being closed", () -> commits.thread().isClosed());
        assertThatThrownBy(() -> commits.append(List.of(Requests.of("late")), null))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the log is closed");
        answers.countDown();
        for (Thread thread : List.of(first, second, closing)) {
            thread.join();
        }
        assertThat(groups).containsExactly(1, 1);
        assertThat(commits.isWriting()).isFalse();
    }

    /** A writer that is at work until it may answer. */
    private final class Hanging implements GroupWriter {

        @Override
        public void write(List<PendingAppend> group) {
            try {
                answers.await();
            } catch (InterruptedException nobodyShould) {
                Thread.currentThread().interrupt();
            }
            written.addAndGet(group.size());
            groups.add(group.size());
            group.forEach(append -> append.accept(List.<Event>of()));
        }

        @Override
        public long maintain() {
            // There is nothing to tidy.
            return Long.MAX_VALUE / 2;
        }
    }
}
