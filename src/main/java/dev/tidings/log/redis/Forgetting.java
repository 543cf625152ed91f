package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.RecentEvents;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has all nodes forget the events that they have in memory, since some of them were erased. What they lack then they read from
 * Redis.
 *
 * <p>It is a command among the others, so that it comes to each node after the events that were published before.
 *
 * <p><b>Threads.</b> Any may ask. {@link #take} is called on the thread that delivers.
 */
final class Forgetting {

    /** Followed by a name. */
    private static final String COMMAND = "forget ";

    private final RecentEvents recent;
    private final BoundedWait wait;
    private final AtomicLong times = new AtomicLong();

    /** What is completed when this node has forgotten, by the names. */
    private final Map<String, CompletableFuture<@Nullable Void>> waiting = new ConcurrentHashMap<>();

    Forgetting(RecentEvents recent, BoundedWait wait) {
        this.recent = recent;
        this.wait = wait;
    }

    /**
     * Has all nodes forget. This one has when this returns.
     *
     * @param toAll sends a command to all nodes
     * @throws LogUnavailableException if the command does not come back in time
     */
    void everywhere(Consumer<byte[]> toAll) {
        var done = new CompletableFuture<@Nullable Void>();
        String name = UUID.randomUUID().toString();
        waiting.put(name, done);
        try {
            toAll.accept((COMMAND + name).getBytes(UTF_8));
            wait.await(done, false);
        } catch (TimeoutException away) {
            throw new LogUnavailableException("Redis does not bring this node what it is told", away);
        } finally {
            waiting.remove(name);
        }
    }

    /** How often this node has forgotten. */
    long times() {
        return times.get();
    }

    /** Takes a command, and returns whether it was this one. */
    boolean take(byte[] command) {
        String text = new String(command, UTF_8);
        if (!text.startsWith(COMMAND)) {
            return false;
        }
        recent.clear();
        times.incrementAndGet();
        CompletableFuture<@Nullable Void> here = waiting.get(text.substring(COMMAND.length()));
        if (here != null) {
            here.complete(null);
        }
        return true;
    }
}
