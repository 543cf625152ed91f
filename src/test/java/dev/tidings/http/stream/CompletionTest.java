package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private final Logger logger = Logger.getLogger(Completion.class.getName());

    /** What completing throws, one after the other, before it succeeds. */
    private final Queue<Throwable> failures = new ArrayDeque<>();

    private int completed;

    private final Completion completion = new Completion(async());

    @BeforeEach
    void quiet() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        logger.setLevel(null);
    }

    @Test
    void completingIsDoneOnce() {
        completion.complete();
        completion.complete();
        assertThat(completed).isOne();
        assertThat(completion.isSettled(0)).isTrue();
        assertThat(completion.isOverdue()).isFalse();
    }

    /** Found when a class could not be loaded while streams were completed, and nothing ever closed them. */
    @Test
    void completingThatFailedForALackOfSomethingIsOverdueAndDoneAgain() {
        failures.addAll(List.of(new NoClassDefFoundError("as if"), new OutOfMemoryError("as if")));
        completion.complete();
        assertThat(completion.isSettled(0)).isFalse();
        assertThat(completion.isOverdue()).isTrue();
        completion.complete();
        assertThat(completion.isOverdue()).isTrue();
        completion.complete();
        assertThat(completion.isOverdue()).isFalse();
        assertThat(completion.isSettled(1)).isTrue();
        assertThat(completed).isOne();
    }

    @Test
    void whatTheContainerHasCompletedIsSettled() {
        failures.add(new IllegalStateException("as if"));
        completion.complete();
        assertThat(completion.isSettled(0)).isTrue();
        assertThat(completion.isOverdue()).isFalse();
    }

    @Test
    void containerThatDoesNotNoticeAFailureIsToldAfterAWhile() {
        assertThat(completion.isSettled(5)).isFalse();
        assertThat(completion.isOverdue()).isFalse();
        assertThat(completion.isSettled(5 + Completion.PATIENCE.toNanos() - 1)).isFalse();
        assertThat(completion.isOverdue()).isFalse();
        assertThat(completion.isSettled(5 + Completion.PATIENCE.toNanos())).isFalse();
        assertThat(completion.isOverdue()).isTrue();
    }

    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("complete");
                    Throwable failure = failures.poll();
                    if (failure != null) {
                        throw failure;
                    }
                    completed++;
                    return null;
                });
    }
}
