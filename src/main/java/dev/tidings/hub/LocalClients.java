package dev.tidings.hub;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The clients of this node, with their live subscribers.
 *
 * <p><b>Threads.</b> Any, as {@link ClientRegistry} says.
 */
final class LocalClients implements ClientRegistry {

    private static final System.Logger LOG = System.getLogger(LocalClients.class.getName());

    private final NavigableMap<String, Subscriber> byId = new ConcurrentSkipListMap<>();

    /** Counted here, because the map's own count is wrong for ever once memory has run out inside it. */
    private final AtomicInteger size = new AtomicInteger();

    @Override
    public @Nullable Client find(String id) {
        Subscriber subscriber = byId.get(id);
        return subscriber == null ? null : subscriber.client();
    }

    @Override
    public List<Client> list(Predicate<Client> wanted, @Nullable String after, int limit) {
        var rest = after == null ? byId : byId.tailMap(after, false);
        return rest.values().stream()
                .map(Subscriber::client)
                .filter(wanted)
                .limit(limit)
                .toList();
    }

    @Override
    public int size() {
        return size.get();
    }

    @Override
    public boolean end(String id, DisconnectReason reason) {
        Subscriber subscriber = byId.get(id);
        if (subscriber != null) {
            subscriber.end(reason);
        }
        return subscriber != null;
    }

    /** Adds a subscriber. One thread at a time calls this, and calls {@link #remove} if this throws. */
    void add(Subscriber subscriber) {
        size.incrementAndGet();
        byId.put(subscriber.id(), subscriber);
    }

    /** Removes a subscriber that was added, or was to be. Called once. It is removed even if this throws. */
    void remove(Subscriber subscriber) {
        size.decrementAndGet();
        byId.remove(subscriber.id(), subscriber);
    }

    /** Wakes the subscribers whose peers have a position that history may soon pass. */
    void wakeStale() {
        byId.values().forEach(Subscriber::wakeIfUrgent);
    }

    /** Has subscribers told that passing events may be missing: all, or only those that operate the hub. */
    void missed(boolean byAll) {
        for (Subscriber subscriber : byId.values()) {
            if (byAll || subscriber.subscription().granted().nameOperatorTopics()) {
                subscriber.miss();
            }
        }
    }

    /** Ends all subscribers, for that reason. */
    void endAll(DisconnectReason reason) {
        for (Subscriber subscriber : byId.values()) {
            try {
                subscriber.end(reason);
            } catch (Throwable failure) {
                // It counts as ended. Its stream is looked after by the timer, which ends it again.
                FailureLog.error(LOG, "a subscriber could not be ended; the hub tries again", failure);
            }
        }
    }
}
