package dev.tidings.hub;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of this node by their ids, the earliest first.
 *
 * <p>A subscriber is in here from before its first byte leaves until it has ended, neither longer nor
 * shorter.
 *
 * <p><b>Threads.</b> Any. A listing is not one moment's picture: who comes or goes while it is made may
 * or may not be in it; everybody else is, once.
 */
public final class ClientRegistry {

    private static final System.Logger LOG = System.getLogger(ClientRegistry.class.getName());

    private final NavigableMap<String, Subscriber> byId = new ConcurrentSkipListMap<>();

    /** Counted here, since the map's own count is wrong for ever when memory runs out within it. */
    private final AtomicInteger size = new AtomicInteger();

    /** The subscriber with that id, or null when there is none. */
    public @Nullable Subscriber find(String id) {
        return byId.get(id);
    }

    /**
     * Some of those that are wanted, in the order of their ids.
     *
     * @param after the id after which to go on, whether it is still here or not; null to begin
     */
    public List<Subscriber> list(Predicate<Subscriber> wanted, @Nullable String after, int limit) {
        var rest = after == null ? byId : byId.tailMap(after, false);
        return rest.values().stream().filter(wanted).limit(limit).toList();
    }

    /** All of them; walking it shows who is here by the time. */
    public Iterable<Subscriber> all() {
        return byId.values();
    }

    /** How many there are. */
    public int size() {
        return size.get();
    }

    /** Takes one in. The hub calls this, one at a time, and {@link #remove} as well when this throws. */
    void add(Subscriber subscriber) {
        size.incrementAndGet();
        byId.put(subscriber.id(), subscriber);
    }

    /** Takes one out that was to be added, once. It is out even when this throws. */
    void remove(Subscriber subscriber) {
        size.decrementAndGet();
        byId.remove(subscriber.id(), subscriber);
    }

    /** Ends all that are here, for that reason. */
    void endAll(DisconnectReason reason) {
        for (Subscriber subscriber : all()) {
            try {
                subscriber.end(reason);
            } catch (Throwable failure) {
                // It counts as ended, and is ended again by those who look after its stream.
                FailureLog.error(LOG, "a subscriber could not be ended, and will be", failure);
            }
        }
    }
}
