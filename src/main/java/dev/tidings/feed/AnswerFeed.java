package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A language model that answers: a {@code question}, its answer token by token, {@code done}, a pause, the next
 * question. There is no model behind it. The answers are written below.
 *
 * <p>One answer is streamed to all viewers, so cancelling it cancels it for all of them. No further token comes then,
 * and {@code done} says {@code cancelled} instead of {@code complete}. During the pause there is nothing to cancel.
 *
 * <p><b>Threads.</b> Any thread may {@link #cancel}.
 */
public final class AnswerFeed implements Feed {

    /** How many turns lie between an answer and the next question. */
    private static final int PAUSE = 50;

    /** A question and its answer. */
    record Exchange(String question, String answer) {}

    private static final List<Exchange> EXCHANGES = List.of(
            new Exchange(
                    "Why would I stream an answer?",
                    "Because the first word is ready long before the last one. A reader who sees the answer grow starts"
                            + " to read at once, and stops you early when it goes astray."
                            + " That saves time on one side and tokens on the other."),
            new Exchange(
                    "What happens when I cancel?",
                    "The page sends one small request. The hub tells whoever makes the tokens, and no further one is"
                            + " made: what you see is all there was. An answer that nobody watches stops as well."),
            new Exchange(
                    "Do the spaces survive?",
                    "They do. A token often begins with its space, as these do,\nand some hold a line break."
                            + " Every byte of the data arrives as it was published."));

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private @Nullable Iterator<String> tokens;
    private int turn;
    private int pausing;

    @Override
    public String path() {
        return "answer";
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(80);
    }

    @Override
    public void begin() {
        tokens = null;
        pausing = 0;
    }

    /** Ends the present answer, if there is one. */
    public void cancel() {
        cancelled.set(true);
    }

    @Override
    public @Nullable PublishRequest next(Instant now) {
        if (pausing > 0) {
            pausing--;
            return null;
        } else if (tokens == null) {
            return ask(EXCHANGES.get(turn++ % EXCHANGES.size()));
        } else if (cancelled.get()) {
            return done("cancelled");
        }
        return tokens.hasNext() ? event(tokens.next()) : done("complete");
    }

    private PublishRequest ask(Exchange exchange) {
        cancelled.set(false);
        tokens = List.of(exchange.answer().split("(?=[ \n])")).iterator();
        return event("question", exchange.question());
    }

    private PublishRequest done(String how) {
        tokens = null;
        pausing = PAUSE;
        return event("done", how);
    }
}
