package dev.tidings.hub;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the ids of clients: {@code urn:uuid:} of version 7, with a counter instead of some random bits (RFC 9562, sections 5.7
 * and 6.2), so that ids sort in the order in which clients came.
 *
 * <p>An id is no secret. Grants decide who may manage clients.
 *
 * <p><b>Threads.</b> None by itself: its hub guards it.
 */
final class ClientIds {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 0b10L << 62;

    /** The milliseconds and the counter of the last id. */
    private long last;

    /** The id of a client that comes now. It sorts after all before, even if the clock steps back. */
    String next(Instant now) {
        last = Math.max(last + 1, now.toEpochMilli() << COUNTER_BITS);
        long high = last >>> COUNTER_BITS << 16 | VERSION | last & (1 << COUNTER_BITS) - 1;
        return "urn:uuid:"
                + new UUID(high, VARIANT | ThreadLocalRandom.current().nextLong() >>> 2);
    }
}
