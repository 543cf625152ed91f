package dev.tidings.publish;

import dev.tidings.auth.Digest;
import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.KeyReusedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.hub.OutcomeUnknownException;
import dev.tidings.logging.Logs;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes it safe to publish again when an answer got lost.
 *
 * <p>A key means one publish. The first good answer is stored for {@link #KEPT}. A later request with the key gets
 * it, and publishes nothing. While the first request is under way a second waits for it, and publishes itself if the
 * first fails. With other content the key is refused.
 *
 * <p>A log may be late to tell whether it accepts an event. Until it does, the first request is under way. A later
 * request with the key waits as publishers do. It gets the answer, or has to be repeated.
 *
 * <p>At most {@value #MAX_KEYS} keys are kept, with {@value #MAX_ANSWER_BYTES} bytes of answers, long ones compressed;
 * the oldest are forgotten first. They are in memory: a restart forgets them all, unless the log stores them for all nodes.
 *
 * <p><b>Threads.</b> Any.
 */
final class IdempotencyKeys {

    static final Duration KEPT = Duration.ofMinutes(5);
    static final int MAX_KEYS = 100_000;
    static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

    private static final System.Logger LOG = Logs.of(IdempotencyKeys.class);

    /** One publish under a key. */
    private static final class Use {

        private final String content;
        private final long since;

        /** Whether the log took too long for the first request. */
        private volatile boolean late;

        /** What was published, once the log has accepted it: what fails afterwards is not to publish it again. */
        private volatile @Nullable List<Event> accepted;

        private final CompletableFuture<PackedAnswer> answer = new CompletableFuture<>();

        Use(String content, long since) {
            this.content = content;
            this.since = since;
        }
    }

    private final LongSupplier nanoTime;
    private final BoundedWait wait;

    /** The oldest first. */
    private final Map<String, Use> uses = new LinkedHashMap<>();

    private long answerBytes;

    /**
     * @param nanoTime a clock that only goes forward, by which keys are forgotten
     * @param wait how later requests wait while the first is under way
     */
    IdempotencyKeys(LongSupplier nanoTime, BoundedWait wait) {
        this.nanoTime = nanoTime;
        this.wait = wait;
    }

    /**
     * Publishes, unless that was done under this key.
     *
     * @param key one that is its caller's alone
     * @param content what the request wants to publish
     * @param publish publishes it; a log that many nodes share publishes it once on all of them
     * @param toAnswer makes the answer; it may be called after this has returned
     * @return the answer, the first one where there was one
     * @throws LogUnavailableException when the log does not say in time what became of it, or of the first
     * @throws KeyReusedException when the key was used for something else
     */
    byte[] once(
            String key,
            List<PublishRequest> content,
            Function<Once, List<Event>> publish,
            Function<List<Event>, byte[]> toAnswer) {
        var mine = new Use(name(content), nanoTime.getAsLong());
        while (true) {
            Use first = claim(key, mine);
            if (first == null) {
                return carryOut(key, mine, publish, toAnswer);
            }
            if (!first.content.equals(mine.content)) {
                throw new KeyReusedException();
            }
            try {
                return wait.await(first.answer, first.late).unpack();
            } catch (TimeoutException late) {
                throw new LogUnavailableException("what was published first under a key is still under way", late);
            } catch (CompletionException failed) {
                List<Event> accepted = first.accepted;
                if (accepted != null) {
                    return toAnswer.apply(accepted);
                }
                LOG.log(System.Logger.Level.DEBUG, "the first publish under a key failed, the next has its turn");
            }
        }
    }

    private byte[] carryOut(
            String key, Use use, Function<Once, List<Event>> publish, Function<List<Event>, byte[]> toAnswer) {
        List<Event> accepted;
        try {
            accepted = publish.apply(new Once(key, use.content));
        } catch (OutcomeUnknownException late) {
            use.late = true;
            late.outcome()
                    .thenAccept(events -> answer(key, use, events, toAnswer))
                    .exceptionally(failure -> {
                        if (use.accepted == null) {
                            free(key, use, failure);
                        }
                        return null;
                    });
            throw late;
        } catch (Throwable failure) {
            free(key, use, failure);
            throw failure;
        }
        return answer(key, use, accepted, toAnswer);
    }

    private byte[] answer(String key, Use use, List<Event> accepted, Function<List<Event>, byte[]> toAnswer) {
        use.accepted = accepted;
        try {
            byte[] answer = toAnswer.apply(accepted);
            keep(key, use, answer);
            return answer;
        } catch (Throwable failure) {
            use.answer.completeExceptionally(failure);
            throw failure;
        }
    }

    /** Nothing was published, so the next request with the key may publish. */
    private void free(String key, Use use, Throwable failure) {
        synchronized (uses) {
            uses.remove(key, use);
        }
        use.answer.completeExceptionally(failure);
    }

    /** The publish that has this key already; null when it is this one's now. */
    private @Nullable Use claim(String key, Use use) {
        synchronized (uses) {
            forgetOld();
            Use first = uses.get(key);
            if (first == null) {
                makeRoom();
                uses.put(key, use);
            }
            return first;
        }
    }

    private void keep(String key, Use use, byte[] answer) {
        PackedAnswer packed = PackedAnswer.of(answer);
        synchronized (uses) {
            use.answer.complete(packed);
            if (uses.get(key) == use) {
                answerBytes += packed.size();
            }
        }
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        Iterator<Use> eldest = uses.values().iterator();
        while (eldest.hasNext()) {
            Use use = eldest.next();
            if (now - use.since <= KEPT.toNanos()) {
                return;
            }
            forget(eldest, use);
        }
    }

    private void makeRoom() {
        Iterator<Use> eldest = uses.values().iterator();
        while (eldest.hasNext() && (uses.size() >= MAX_KEYS || answerBytes >= MAX_ANSWER_BYTES)) {
            forget(eldest, eldest.next());
        }
    }

    private void forget(Iterator<Use> at, Use use) {
        at.remove();
        PackedAnswer answer = use.answer.isCompletedExceptionally() ? null : use.answer.getNow(null);
        answerBytes -= answer == null ? 0 : answer.size();
    }

    private static String name(List<PublishRequest> content) {
        var digest = new Digest();
        for (PublishRequest event : content) {
            digest.add(Integer.toString(event.topics().size()));
            event.topics().forEach(digest::add);
            digest.add(event.type())
                    .add(event.data())
                    .add(event.id())
                    .add(String.valueOf(event.retry()))
                    .add(String.valueOf(event.isPrivate()));
        }
        return digest.name();
    }
}
