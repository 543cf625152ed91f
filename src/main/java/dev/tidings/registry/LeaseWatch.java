package dev.tidings.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tells which of the other nodes are silent: those whose lease was not renewed for its length.
 *
 * <p>It counts by this process's own clock, that no time server sets. A lease that is seen for the first time counts as just
 * renewed. So does every lease after {@link #forget}, or when this node itself has not looked for that long. Else a Redis that
 * was away, or a machine that slept, would make all nodes silent.
 *
 * <p><b>Threads.</b> One looks. Any may ask.
 */
final class LeaseWatch {

    /** A lease as it was first seen, and when. */
    private record Seen(String entry, long nanos) {}

    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private long looked;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    LeaseWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.looked = nanoTime.getAsLong();
    }

    /** These are the leases of now. */
    void look(List<NodeLease> leases) {
        long now = nanoTime.getAsLong();
        if (now - looked > NodeLease.LENGTH.toNanos()) {
            forget();
        }
        looked = now;
        Set<String> nodes = new HashSet<>();
        for (NodeLease lease : leases) {
            nodes.add(lease.node());
            Seen before = seen.get(lease.node());
            if (before == null || !before.entry().equals(lease.entry())) {
                seen.put(lease.node(), new Seen(lease.entry(), now));
            }
        }
        seen.keySet().retainAll(nodes);
    }

    /** Nothing is known of the time until now. */
    void forget() {
        seen.clear();
    }

    /** Whether the node has not renewed this lease for too long. */
    boolean isSilent(NodeLease lease) {
        Seen first = seen.get(lease.node());
        return first != null
                && first.entry().equals(lease.entry())
                && nanoTime.getAsLong() - first.nanos() > NodeLease.LENGTH.toNanos();
    }
}
