package dev.tidings.auth;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many tickets of this node wait: {@value #MOST_OF_ONE} of one sender, and {@value #MOST_BYTES} bytes in all. A ticket waits
 * until it is used or is too old. One that was used on another node is found out when its sender has reached the bound.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
final class TicketBounds {

    /** How many may wait of one sender. */
    static final int MOST_OF_ONE = 100;

    /** How many bytes what all of them stand for may have. */
    static final long MOST_BYTES = 32L << 20;

    /** How many bytes those of one sender may have. */
    static final long MOST_BYTES_OF_ONE = MOST_BYTES / 32;

    /** What a ticket takes beside what it stands for, about. */
    private static final int ENTRY_BYTES = 300;

    private record Waiting(String hash, String sender, long bytes, Instant until) {}

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Set<String>> bySender = new HashMap<>();
    private long bytes;

    /**
     * Adds a ticket.
     *
     * @throws TooManyTicketsException if there is no room for it
     */
    synchronized void add(String hash, String sender, int size, Instant now, Instant until) {
        Iterator<Waiting> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            Waiting next = oldest.next();
            if (now.isBefore(next.until())) {
                break;
            }
            oldest.remove();
            release(next);
        }
        long added = size + (long) ENTRY_BYTES;
        int own = of(sender).size();
        if (own >= MOST_OF_ONE || bytesOf(sender) + added > MOST_BYTES_OF_ONE) {
            throw TooManyTicketsException.ofOne(own);
        }
        if (bytes + added > MOST_BYTES) {
            throw TooManyTicketsException.ofAll();
        }
        waiting.put(hash, new Waiting(hash, sender, added, until));
        bySender.computeIfAbsent(sender, first -> new HashSet<>()).add(hash);
        bytes += added;
    }

    /** The tickets of one sender that wait, as far as is known here. */
    synchronized List<String> of(String sender) {
        return List.copyOf(bySender.getOrDefault(sender, Set.of()));
    }

    /** Removes a ticket that was used, or was never given away. */
    synchronized void remove(String hash) {
        Waiting known = waiting.remove(hash);
        if (known != null) {
            release(known);
        }
    }

    private long bytesOf(String sender) {
        long sum = 0;
        for (String hash : bySender.getOrDefault(sender, Set.of())) {
            Waiting known = waiting.get(hash);
            sum += known == null ? 0 : known.bytes();
        }
        return sum;
    }

    private void release(Waiting gone) {
        bytes -= gone.bytes();
        bySender.computeIfPresent(gone.sender(), (sender, hashes) -> {
            hashes.remove(gone.hash());
            return hashes.isEmpty() ? null : hashes;
        });
    }
}
