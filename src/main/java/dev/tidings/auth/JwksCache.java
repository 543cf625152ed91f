package dev.tidings.auth;

import dev.tidings.logging.Logs;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK set. The set is read again when it is old, or when a token names a key that it does not have.
 *
 * <p>When a signer changes its keys, the hub knows the new key at its first token. A key that the signer withdraws
 * counts for {@value #OLD_MINUTES} minutes more. Tokens that were verified with it then count as long as
 * {@link VerifiedTokens} says. The set is read at most once in {@value #PAUSE_SECONDS} s, however many tokens name
 * unknown keys. While it cannot be read, or has no suitable key, the last set serves.
 *
 * <p><b>Threads.</b> Any. One thread reads, and the others use the last set. A thread waits for the new set only if it
 * needs a key that the last one does not have. At most {@value #MAX_WAITING} threads wait, so that the container's
 * other threads stay free.
 */
final class JwksCache {

    static final int PAUSE_SECONDS = KeysUnavailableException.RETRY_AFTER_SECONDS;
    static final int OLD_MINUTES = 5;
    static final int MAX_WAITING = 50;

    private static final Duration PAUSE = Duration.ofSeconds(PAUSE_SECONDS);
    private static final Duration OLD = Duration.ofMinutes(OLD_MINUTES);

    private static final String NEVER_READ = "the hub has not read the key set that verifies tokens; its log says why";

    private static final System.Logger LOG = Logs.of(JwksCache.class);

    private final JwksAddress address;
    private final SigningAlgorithm algorithm;
    private final LongSupplier nanoTime;

    private final ReentrantLock reading = new ReentrantLock();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /** The last set that had a key. */
    private volatile @Nullable Jwks last;

    /** When the last reading ended, with a set or without, by a clock that only goes forward. Null before the first. */
    private volatile @Nullable Long read;

    JwksCache(JwksAddress address, SigningAlgorithm algorithm, LongSupplier nanoTime) {
        this.address = address;
        this.algorithm = algorithm;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the key that a token was signed with.
     *
     * @param id the token's {@code kid}, or null when it names none
     * @throws UnauthorizedException when the set does not have the key
     * @throws KeysUnavailableException when there is no set, or too many threads wait for a new one
     */
    PublicKey find(@Nullable String id) {
        if (isDue(OLD)) {
            renewUnlessAnotherDoes(OLD);
        }
        PublicKey key = findInLast(id);
        if (key == null && isDue(PAUSE)) {
            waitForRenewal();
        }
        // Looked up again in any case, since another thread may have renewed the set.
        key = key == null ? findInLast(id) : key;
        if (key != null) {
            return key;
        }
        if (last == null) {
            throw new KeysUnavailableException();
        }
        throw UnauthorizedException.badToken(
                id == null
                        ? "the token has no kid, and this hub has several keys; sign it with the kid of its key"
                        : "the token is signed with a key (kid) that this hub does not know");
    }

    /** Returns why there is no key, or null when there is one. Without a key this reads the set when that is due. */
    @Nullable
    String fault() {
        if (last == null && isDue(PAUSE)) {
            renewUnlessAnotherDoes(PAUSE);
        }
        return last == null ? NEVER_READ : null;
    }

    /** Reads the set for the first time. */
    void begin() {
        renewUnlessAnotherDoes(OLD);
    }

    private void renewUnlessAnotherDoes(Duration age) {
        if (reading.tryLock()) {
            try {
                renew(age);
            } finally {
                reading.unlock();
            }
        }
    }

    private void waitForRenewal() {
        if (!waiting.tryAcquire()) {
            throw new KeysUnavailableException();
        }
        try {
            reading.lock();
            try {
                renew(PAUSE);
            } finally {
                reading.unlock();
            }
        } finally {
            waiting.release();
        }
    }

    /** Reads the set, under the lock. The thread that had the lock before may have read it already. */
    private void renew(Duration age) {
        if (!isDue(age)) {
            return;
        }
        try {
            Jwks renewed = Jwks.parse(address.read(), algorithm);
            if (renewed.isEmpty()) {
                warn("holds no key for " + algorithm + " " + renewed.skipped());
            } else {
                last = renewed;
            }
        } catch (IOException | RuntimeException e) {
            warn("cannot be read (" + e + ")");
        } finally {
            read = nanoTime.getAsLong();
        }
    }

    private void warn(String fault) {
        LOG.log(
                System.Logger.Level.WARNING,
                "the key set " + address + " " + fault
                        + (last == null
                                ? ", and the hub has no other keys"
                                : "; the hub goes on with the keys it read before"));
    }

    private @Nullable PublicKey findInLast(@Nullable String id) {
        Jwks keys = last;
        return keys == null ? null : keys.find(id);
    }

    /** Whether the last reading was at least so long ago. */
    private boolean isDue(Duration age) {
        Long since = read;
        return since == null || nanoTime.getAsLong() - since >= age.toNanos();
    }
}
