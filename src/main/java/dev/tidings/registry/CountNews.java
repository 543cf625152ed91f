package dev.tidings.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.hub.SharedCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells the other nodes what this one counts, as far as the count is bounded over all nodes, and takes in what they tell.
 *
 * <p>A node tells what has changed, twice a second at most, and nothing if nothing has. A node that is new asks, and all tell all that
 * they have.
 *
 * <p><b>Threads.</b> One thread calls {@link #tell}. Any may call the others.
 */
final class CountNews {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How many keys one message has, so that it is small beside what the stream of commands holds. */
    private static final int MOST = 500;

    private static final String COUNTS = "counts";
    private static final String ASKS = "asks";

    private final List<SharedCount> counts;
    private final String node;
    private final Consumer<byte[]> toAll;

    /** When each other node told something last, by {@link System#nanoTime}. */
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    private volatile boolean asks = true;
    private long toldAt = System.nanoTime() - PERIOD_NANOS;

    /**
     * @param counts those with a bound
     * @param node this node's id
     * @param toAll sends a command to all nodes, and never waits
     */
    CountNews(List<SharedCount> counts, String node, Consumer<byte[]> toAll) {
        this.counts = List.copyOf(counts);
        this.counts.forEach(SharedCount::tellAgain);
        this.node = node;
        this.toAll = toAll;
    }

    /** This node may have missed what the others told. */
    void askAgain() {
        asks = true;
    }

    /**
     * Tells what is new, if it is time to.
     *
     * @return after how many nanoseconds there may be more to tell
     */
    long tell() {
        if (counts.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long early = PERIOD_NANOS - (System.nanoTime() - toldAt);
        if (early > 0) {
            return early;
        }
        toldAt = System.nanoTime();
        boolean isNew = asks;
        asks = false;
        if (isNew) {
            counts.forEach(SharedCount::tellAgain);
        }
        boolean more = tellSome(isNew);
        while (more) {
            more = tellSome(false);
        }
        return PERIOD_NANOS;
    }

    /** Returns whether there may be more to tell at once. */
    private boolean tellSome(boolean ask) {
        ObjectNode message = NodeMessage.empty();
        message.put("from", node);
        message.put(ASKS, ask);
        ObjectNode told = message.putObject(COUNTS);
        boolean more = false;
        for (SharedCount count : counts) {
            Map<String, Integer> news = count.news(MOST);
            more |= news.size() == MOST;
            if (!news.isEmpty()) {
                ObjectNode keys = told.putObject(count.name());
                news.forEach(keys::put);
            }
        }
        if (ask || !told.isEmpty()) {
            toAll.accept(NodeMessage.write(message));
        }
        return more;
    }

    /** Takes in what another node tells. Returns whether the message is of this kind. */
    boolean accept(String from, JsonNode message) {
        JsonNode told = message.get(COUNTS);
        if (told == null) {
            return false;
        }
        if (!counts.isEmpty()) {
            heard.put(from, System.nanoTime());
        }
        for (SharedCount count : counts) {
            JsonNode news = told.get(count.name());
            if (news != null) {
                count.told(from, read(news));
            }
            if (message.path(ASKS).asBoolean()) {
                count.tellAgain();
            }
        }
        return true;
    }

    private static Map<String, Integer> read(JsonNode keys) {
        var read = new HashMap<String, Integer>();
        keys.properties().forEach(key -> read.put(key.getKey(), key.getValue().asInt()));
        return read;
    }

    /**
     * Forgets what nodes have told that are gone.
     *
     * @param here all that are not
     * @param since when they were, by {@link System#nanoTime}; whoever has told something later may be newer than that
     */
    void keep(Set<String> here, long since) {
        for (Map.Entry<String, Long> node : Map.copyOf(heard).entrySet()) {
            if (!here.contains(node.getKey())
                    && node.getValue() - since < 0
                    && heard.remove(node.getKey(), node.getValue())) {
                counts.forEach(count -> count.forget(node.getKey()));
            }
        }
    }
}
