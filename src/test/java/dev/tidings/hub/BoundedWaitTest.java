package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedWaitTest {

    private final BoundedWait patient = new BoundedWait(Duration.ofMinutes(1));
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Test
    void answerThatIsThereNeedsNoSlot() throws Exception {
        answer.complete("yes");
        assertThat(new BoundedWait(Duration.ZERO).await(answer, true)).isEqualTo("yes");
    }

    @Test
    void waitEndsAtTheLimit() {
        var wait = new BoundedWait(Duration.ofMillis(20));
        assertThatThrownBy(() -> wait.await(answer, false)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> wait.await(answer, true)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void refusalIsThrown() {
        answer.completeExceptionally(new LogUnavailableException("no"));
        assertThatThrownBy(() -> patient.await(answer, false))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LogUnavailableException.class);
    }

    @Test
    void onlySoManyWaitForLongAndThoseWhoGoMakeRoom() {
        var answered = new CopyOnWriteArrayList<String>();
        List<Thread> threads = IntStream.range(0, 3 * BoundedWait.SLOTS)
                .mapToObj(n -> new Thread(() -> await(answered)))
                .toList();
        threads.forEach(Thread::start);
        Eventually.passes(
                () -> assertThat(threads.stream().filter(Thread::isAlive)).hasSize(BoundedWait.SLOTS));
        assertThatThrownBy(() -> patient.await(new CompletableFuture<>(), true))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("others wait already");
        answer.complete("yes");
        Eventually.holds("all have gone", () -> threads.stream().noneMatch(Thread::isAlive));
        assertThat(answered).hasSize(BoundedWait.SLOTS);
    }

    @Test
    void refusalThatComesWhileSomebodyWaitsIsThrown() {
        var waiting = Thread.currentThread();
        var helper = new Thread(() -> {
            Eventually.holds("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
            answer.completeExceptionally(new LogUnavailableException("no"));
        });
        helper.start();
        assertThatThrownBy(() -> patient.await(answer, true))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LogUnavailableException.class);
    }

    @Test
    void whoGoesMakesRoomForTheNext() {
        var wait = new BoundedWait(Duration.ofMillis(5));
        assertThat(wait.limit()).hasMillis(5);
        for (int i = 0; i <= BoundedWait.SLOTS; i++) {
            assertThatThrownBy(() -> wait.await(answer, true))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("no answer within 5 ms");
        }
    }

    @Test
    void interruptDoesNotEndTheWait() throws Exception {
        var waiting = Thread.currentThread();
        var helper = new Thread(() -> {
            Eventually.holds("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
            answer.complete("yes");
        });
        waiting.interrupt();
        helper.start();
        assertThat(patient.await(answer, false)).isEqualTo("yes");
        assertThat(Thread.interrupted()).isTrue();
        helper.join();
    }

    private void await(List<String> answered) {
        try {
            answered.add(patient.await(answer, false));
        } catch (TimeoutException noSlot) {
            // As wanted, of those who come too late.
            return;
        }
    }
}
