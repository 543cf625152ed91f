package dev.tidings.registry;

import dev.tidings.hub.WorkerThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Works out what takes long to answer, so that the thread that keeps this node in the hub does not.
 *
 * <p>A question that has waited for longer than its asker does is dropped, and so is the oldest of more than
 * {@value #MOST}: whoever asked has gone on without this node.
 *
 * <p><b>Threads.</b> One of its own. Any may call {@link #add}, which does not wait.
 */
final class SlowAnswers implements AutoCloseable {

    /** The most questions that wait. */
    static final int MOST = 64;

    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Function<Question, byte[]> answers;
    private final BiConsumer<String, byte[]> replies;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final WorkerThread thread = new WorkerThread("tidings-answers", WorkerThread.LONGEST_STEP, this::step);

    /** A question, and since when it waits. */
    private record Waiting(Question question, long since) {}

    /**
     * @param patience how long whoever asks waits
     * @param answers makes an answer
     * @param replies takes the id of a question, and its answer
     */
    SlowAnswers(
            Duration patience,
            LongSupplier nanoTime,
            Function<Question, byte[]> answers,
            BiConsumer<String, byte[]> replies) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.answers = answers;
        this.replies = replies;
    }

    void start() {
        thread.start();
    }

    WorkerThread thread() {
        return thread;
    }

    /** Answers a question in its turn. */
    void add(Question question) {
        synchronized (waiting) {
            if (waiting.size() == MOST) {
                waiting.removeFirst();
            }
            waiting.addLast(new Waiting(question, nanoTime.getAsLong()));
        }
        thread.wake();
    }

    @Override
    public void close() {
        synchronized (waiting) {
            waiting.clear();
        }
        thread.close();
    }

    private long step() {
        Question question = next();
        if (question == null) {
            return WorkerThread.IDLE;
        }
        replies.accept(question.id(), answers.apply(question));
        return 0;
    }

    private @Nullable Question next() {
        synchronized (waiting) {
            for (Waiting first = waiting.pollFirst(); first != null; first = waiting.pollFirst()) {
                if (nanoTime.getAsLong() - first.since() <= patience.toNanos()) {
                    return first.question();
                }
            }
            return null;
        }
    }
}
