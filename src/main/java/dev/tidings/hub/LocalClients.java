package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.logging.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clients of this node, with their live subscribers.
 *
 * <p>A subscriber that is no client ({@link Sink#isClient}) is here, too, so that it ends as the others do. It is in no list and
 * no count of clients.
 *
 * <p><b>Threads.</b> Any, as {@link ClientRegistry} says.
 */
final class LocalClients implements ClientRegistry {

    private static final System.Logger LOG = Logs.of(LocalClients.class);

    private final NavigableMap<String, Subscriber> byId = new ConcurrentSkipListMap<>();

    /** Counted here, because the map's own count is wrong for ever once memory has run out inside it. */
    private final AtomicInteger size = new AtomicInteger();

    private final AtomicInteger others = new AtomicInteger();

    @Override
    public @Nullable Client find(String id) {
        Subscriber subscriber = byId.get(id);
        return subscriber == null || !subscriber.isClient() ? null : subscriber.client();
    }

    @Override
    public ClientPage list(ClientFilter filter, @Nullable String after, int limit) {
        var rest = after == null ? byId : byId.tailMap(after, false);
        return ClientPage.of(matching(rest, filter).iterator(), limit);
    }

    private static Stream<Client> matching(Map<String, Subscriber> some, ClientFilter filter) {
        return some.values().stream()
                .filter(Subscriber::isClient)
                .map(Subscriber::client)
                .filter(filter::matches);
    }

    @Override
    public Explanation.Page explain(ExplainedEvent event, String user, @Nullable String after, int limit) {
        var explainer = new Explainer(event);
        var page = new ArrayList<Explanation>();
        for (Subscriber subscriber : (after == null ? byId : byId.tailMap(after, false)).values()) {
            if (subscriber.isClient()
                    && user.equals(subscriber.subscription().peer().user())) {
                if (page.size() == limit || (!page.isEmpty() && explainer.isLate())) {
                    return new Explanation.Page(page, true);
                }
                page.add(explainer.explain(subscriber));
            }
        }
        return new Explanation.Page(page, false);
    }

    @Override
    public int size() {
        return size.get() - others.get();
    }

    /** How many subscribers there are that are no clients. */
    int others() {
        return others.get();
    }

    /** Whether there are no subscribers. */
    boolean isEmpty() {
        return size.get() == 0;
    }

    @Override
    public int count(ClientFilter filter) {
        return (int) matching(byId, filter).count();
    }

    @Override
    public Map<String, Integer> asking(List<String> topics) {
        return asked().count(topics);
    }

    @Override
    public Map<String, Integer> selectors(String part) {
        return asked().selectors(part);
    }

    /** What streams ask for now. */
    private AskedTopics asked() {
        var asked = new AskedTopics();
        matching(byId, ClientFilter.ALL).forEach(client -> asked.add(client.topics()));
        return asked;
    }

    @Override
    public boolean end(String id, DisconnectReason reason) {
        Subscriber subscriber = byId.get(id);
        if (subscriber != null) {
            subscriber.end(reason);
        }
        return subscriber != null;
    }

    @Override
    public int endAll(ClientFilter filter, DisconnectReason reason) {
        // Later ids are those of clients that come meanwhile.
        Map.Entry<String, Subscriber> last = byId.lastEntry();
        int ended = 0;
        if (last != null) {
            for (Subscriber subscriber : byId.headMap(last.getKey(), true).values()) {
                if (filter.matches(subscriber.client()) && end(subscriber, reason) && subscriber.isClient()) {
                    ended++;
                }
            }
        }
        return ended;
    }

    /** Adds a subscriber. One thread at a time calls this, and calls {@link #remove} if this throws. */
    void add(Subscriber subscriber) {
        if (!subscriber.isClient()) {
            others.incrementAndGet();
        }
        size.incrementAndGet();
        byId.put(subscriber.id(), subscriber);
    }

    /** Removes a subscriber that was added, or was to be. Called once. It is removed even if this throws. */
    void remove(Subscriber subscriber) {
        size.decrementAndGet();
        if (!subscriber.isClient()) {
            others.decrementAndGet();
        }
        byId.remove(subscriber.id(), subscriber);
    }

    /** Their ids, the earliest first. */
    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /** All of them, in numbers. */
    Census census() {
        return Census.of(byId.values());
    }

    /** Wakes the subscribers whose peers have a position that history may soon pass. */
    void wakeStale() {
        byId.values().forEach(Subscriber::wakeIfUrgent);
    }

    /** Has the subscribers told for whom an event was that was erased before it came here. */
    void missed(Event left) {
        byId.values().forEach(subscriber -> subscriber.miss(left));
    }

    /** Has subscribers told that passing events may be missing: all, or only those that operate the hub. */
    void missed(boolean byAll) {
        for (Subscriber subscriber : byId.values()) {
            if (byAll || subscriber.subscription().mayGetOperatorTopics()) {
                subscriber.miss();
            }
        }
    }

    /** Ends all subscribers, also those that come meanwhile, for that reason. */
    void endAll(DisconnectReason reason) {
        byId.values().forEach(subscriber -> end(subscriber, reason));
    }

    /** Ends a subscriber, whatever its sink throws. Returns whether this call was the first to end it. */
    private static boolean end(Subscriber subscriber, DisconnectReason reason) {
        try {
            return subscriber.end(reason);
        } catch (Throwable failure) {
            // It counts as ended. Its stream is looked after by the timer, which ends it again.
            FailureLog.error(LOG, "a subscriber could not be ended; the hub tries again", failure);
            return true;
        }
    }
}
