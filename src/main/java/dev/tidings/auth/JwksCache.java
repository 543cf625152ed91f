package dev.tidings.auth;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK set, read again when it has grown old or a token names a key that it does not hold.
 *
 * <p>A signer that changes its keys is followed at the first token of the new key; a key that it
 * withdraws counts for {@value #OLD_MINUTES} minutes more, and what was verified with it last, as
 * {@link VerifiedTokens} says. However many tokens name unknown keys, the set
 * is not read more often than every {@value #PAUSE_SECONDS} s. While it cannot be read, or holds no key that suits, the
 * last one serves.
 *
 * <p><b>Threads.</b> Any. One reads, on its own time, and the others go on with the last set. Only who
 * cannot do without the new one waits for it, and no more than {@value #MAX_WAITING} at once: the
 * container's other threads stay free.
 */
final class JwksCache {

    static final int PAUSE_SECONDS = KeysUnavailableException.RETRY_AFTER_SECONDS;
    static final int OLD_MINUTES = 5;
    static final int MAX_WAITING = 50;

    private static final Duration PAUSE = Duration.ofSeconds(PAUSE_SECONDS);
    private static final Duration OLD = Duration.ofMinutes(OLD_MINUTES);

    private static final String NEVER_READ =
            "the key set that tokens are verified with has not been read yet; why not is in the log";

    private static final System.Logger LOG = System.getLogger(JwksCache.class.getName());

    private final JwksAddress address;
    private final SigningAlgorithm algorithm;
    private final LongSupplier nanoTime;

    private final ReentrantLock reading = new ReentrantLock();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /** The last set that had a key. */
    private volatile @Nullable Jwks last;

    /** When reading ended last, well or not, by a clock that only goes forward. */
    private volatile @Nullable Long read;

    JwksCache(JwksAddress address, SigningAlgorithm algorithm, LongSupplier nanoTime) {
        this.address = address;
        this.algorithm = algorithm;
        this.nanoTime = nanoTime;
    }

    /**
     * The key that a token was signed with.
     *
     * @param id its {@code kid}, or null when it names none
     * @throws UnauthorizedException when the set does not hold it
     * @throws KeysUnavailableException when there is no set, or what it holds cannot be known soon enough
     */
    PublicKey find(@Nullable String id) {
        if (isDue(OLD)) {
            renewUnlessSomebodyDoes(OLD);
        }
        PublicKey key = findInLast(id);
        if (key == null && isDue(PAUSE)) {
            waitForRenewal();
        }
        // Read again in any case, for somebody may have renewed it in between
        key = key == null ? findInLast(id) : key;
        if (key != null) {
            return key;
        }
        if (last == null) {
            throw new KeysUnavailableException();
        }
        throw UnauthorizedException.badToken(
                id == null
                        ? "the token does not name the key (kid) it is signed with, and this hub knows several"
                        : "the token is signed with a key (kid) that this hub does not know");
    }

    /** Why there is no key, or null when there is one. Without one this reads the set when that is due. */
    @Nullable
    String fault() {
        if (last == null && isDue(PAUSE)) {
            renewUnlessSomebodyDoes(PAUSE);
        }
        return last == null ? NEVER_READ : null;
    }

    /** Reads the set for the first time. */
    void begin() {
        renewUnlessSomebodyDoes(OLD);
    }

    private void renewUnlessSomebodyDoes(Duration age) {
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

    /** The lock is held; whoever had it before may have read the set already. */
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
                        + (last == null ? ", and there is none to go on with" : "; the last one serves"));
    }

    private @Nullable PublicKey findInLast(@Nullable String id) {
        Jwks keys = last;
        return keys == null ? null : keys.find(id);
    }

    /** Whether the last reading is so long ago. */
    private boolean isDue(Duration age) {
        Long since = read;
        return since == null || nanoTime.getAsLong() - since >= age.toNanos();
    }
}
