package dev.tidings.hub;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the ids of clients: a {@code urn:uuid:} of version 7 (RFC 9562, section 5.7), so that sorted by
 * their ids they stand in the order in which they came.
 *
 * <p>An id is no secret: whoever may manage clients is said by a grant.
 */
final class ClientId {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0b10L << 62;

    private ClientId() {}

    static String at(Instant connected) {
        var random = ThreadLocalRandom.current();
        long high = connected.toEpochMilli() << 16 | VERSION | random.nextInt(1 << 12);
        return "urn:uuid:" + new UUID(high, VARIANT | random.nextLong() >>> 2);
    }
}
