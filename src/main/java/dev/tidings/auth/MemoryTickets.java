package dev.tidings.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tickets of a hub with one node.
 *
 * <p>How many wait is bounded by {@link Tickets}. At most {@value #MOST_USED} that were used are remembered.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
public final class MemoryTickets implements TicketStore {

    private static final int MOST_USED = 100_000;

    private record Waiting(String content, Instant until) {}

    private final Clock clock;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Instant> used = new LinkedHashMap<>();

    /** @param clock the time by which tickets grow old */
    public MemoryTickets(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(String hash, String content, Duration age) {
        Instant now = clock.instant();
        // All wait equally long, unless their tokens end before, so the oldest are the first.
        Iterator<Waiting> oldest = waiting.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().until())) {
            oldest.remove();
        }
        waiting.put(hash, new Waiting(content, now.plus(age)));
    }

    @Override
    public synchronized List<String> gone(List<String> hashes) {
        return hashes.stream().filter(hash -> !waiting.containsKey(hash)).toList();
    }

    @Override
    public synchronized Taken take(String hash) {
        Instant now = clock.instant();
        Iterator<Instant> oldest = used.values().iterator();
        while (oldest.hasNext() && (!now.isBefore(oldest.next()) || used.size() > MOST_USED)) {
            oldest.remove();
        }
        Waiting found = waiting.remove(hash);
        if (found != null && now.isBefore(found.until())) {
            used.put(hash, now.plus(REMEMBERED));
            return Taken.there(found.content());
        }
        return used.containsKey(hash) ? Taken.used() : Taken.unknown();
    }
}
