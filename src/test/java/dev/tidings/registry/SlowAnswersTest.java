package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes long is answered beside everything else, and only for who still waits. */
class SlowAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final List<String> replies = new CopyOnWriteArrayList<>();
    private final SlowAnswers answers = new SlowAnswers(
            PATIENCE, now::get, this::answer, (question, answer) -> replies.add(question + new String(answer, UTF_8)));

    @AfterEach
    void close() {
        mayAnswer.countDown();
        answers.close();
    }

    @Test
    void questionsAreAnsweredInTheirOrder() {
        mayAnswer.countDown();
        answers.start();
        for (int i = 1; i <= 3; i++) {
            answers.add(question("q" + i));
        }
        Eventually.passes(() -> assertThat(replies).containsExactly("q1 answered", "q2 answered", "q3 answered"));
    }

    @Test
    void questionWhoseAskerWaitsNoMoreIsDropped() throws InterruptedException {
        answers.start();
        answers.add(question("first"));
        begun.await();
        answers.add(question("old"));
        now.addAndGet(PATIENCE.toNanos() + 1);
        answers.add(question("new"));
        mayAnswer.countDown();
        Eventually.passes(() -> assertThat(replies).contains("new answered"));
        assertThat(replies).containsExactly("first answered", "new answered");
    }

    @Test
    void oldestOfTooManyIsDropped() {
        mayAnswer.countDown();
        for (int i = 0; i <= SlowAnswers.MOST; i++) {
            answers.add(question("q" + i));
        }
        answers.start();
        Eventually.passes(() -> assertThat(replies).hasSize(SlowAnswers.MOST));
        assertThat(replies).startsWith("q1 answered").endsWith("q" + SlowAnswers.MOST + " answered");
    }

    private byte[] answer(Question question) {
        begun.countDown();
        try {
            mayAnswer.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return " answered".getBytes(UTF_8);
    }

    private static Question question(String id) {
        return Question.selectors(id, "another node", "");
    }
}
