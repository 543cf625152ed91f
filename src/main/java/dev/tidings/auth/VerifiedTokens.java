package dev.tidings.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The grants of tokens that were verified a short while ago. A publisher sends the same token with each of its events,
 * and verifying it would cost more than all the rest of publishing.
 *
 * <p>A grant is remembered for {@value #MAX_SECONDS} s, so that a withdrawn key does not count for longer, and never
 * beyond the token's expiry. After that the token is verified again. At most {@value #MAX_TOKENS} grants are
 * remembered; the one that was verified first is forgotten first. A token of more than {@value #MAX_LENGTH} characters
 * is not remembered, since its grant may be large. Tokens themselves are not stored, only their SHA-256.
 *
 * <p><b>Threads.</b> Any.
 */
final class VerifiedTokens {

    static final int MAX_SECONDS = 60;
    static final int MAX_TOKENS = 10_000;
    static final int MAX_LENGTH = 2_000;

    private record Proof(Grant grant, Instant from, Instant until) {

        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    private final Clock clock;
    private final Map<ByteBuffer, Proof> proofs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Proof> eldest) {
            return size() > MAX_TOKENS;
        }
    };

    VerifiedTokens(Clock clock) {
        this.clock = clock;
    }

    /** Returns the SHA-256 of a token, which stands for it here. */
    static ByteBuffer digest(String token) {
        return ByteBuffer.wrap(Digest.sha256().digest(token.getBytes(UTF_8)));
    }

    /** Returns the grant of the token with this digest, or null when it has to be verified. */
    synchronized @Nullable Grant find(ByteBuffer digest) {
        Proof proof = proofs.get(digest);
        if (proof == null) {
            return null;
        }
        if (proof.holds(clock.instant())) {
            return proof.grant();
        }
        proofs.remove(digest);
        return null;
    }

    /** Returns how many grants are remembered now. Some may have expired. */
    synchronized int size() {
        return proofs.size();
    }

    /** Remembers the grant of a token that was just verified. */
    synchronized void add(ByteBuffer digest, Grant grant) {
        Instant now = clock.instant();
        Iterator<Proof> eldest = proofs.values().iterator();
        while (eldest.hasNext() && !eldest.next().holds(now)) {
            eldest.remove();
        }
        Instant until = now.plus(Duration.ofSeconds(MAX_SECONDS));
        Instant expires = grant.expires();
        proofs.put(digest, new Proof(grant, now, expires != null && expires.isBefore(until) ? expires : until));
    }
}
