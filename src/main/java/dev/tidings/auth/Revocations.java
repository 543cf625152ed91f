package dev.tidings.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The revocations that this node knows, as each verification asks for them. A {@link RevocationStore} keeps them and says what
 * is in here.
 *
 * <p>Asking takes two lookups by hash, however many there are, and one read of a number while there never was one. There are at
 * most {@value #MOST}, of about 280 bytes each. One that has ended does not count, and is let go within a minute of the next
 * change.
 *
 * <p><b>Threads.</b> Any. No method waits for anything but another change.
 */
public final class Revocations {

    /** How many there are at most. */
    public static final int MOST = 100_000;

    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Revocation> byToken = new ConcurrentHashMap<>();
    private final Map<String, Revocation> byUser = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<String, Revocation> byId = new ConcurrentSkipListMap<>();

    /** How often one was added. Written by one thread at a time, after the maps. */
    private volatile long version;

    private Instant swept = Instant.MIN;

    /** @param clock the time by which revocations end */
    public Revocations(Clock clock) {
        this.clock = clock;
    }

    /** Some revocations in the order of their ids, and whether there are more. */
    public record Page(List<Revocation> revocations, boolean more) {}

    /** The revocation of the tokens of this user that counts, or null. */
    public @Nullable Revocation ofUser(String user) {
        return counting(byUser.get(user));
    }

    /** The revocation of the token with this name that counts, or null. */
    public @Nullable Revocation ofToken(String jti) {
        return counting(byToken.get(jti));
    }

    private @Nullable Revocation counting(@Nullable Revocation known) {
        return known != null && known.counts(clock.instant()) ? known : null;
    }

    /** Whether the token of this grant is revoked. */
    public boolean revokes(Grant grant) {
        return version != 0
                && (counts(grant.jti() == null ? null : byToken.get(grant.jti()), grant)
                        || counts(grant.user() == null ? null : byUser.get(grant.user()), grant));
    }

    private boolean counts(@Nullable Revocation known, Grant grant) {
        return known != null && known.covers(grant) && known.counts(clock.instant());
    }

    /**
     * Returns what tells of a token that is in use for long whether it was revoked meanwhile. To ask again costs one read of a
     * number while nothing was revoked. One thread at a time may ask.
     */
    public BooleanSupplier watch(Grant grant) {
        return new Watch(grant);
    }

    /** Looks when there is something new, and the first time: the token was verified a moment before. */
    private final class Watch implements BooleanSupplier {

        private final Grant grant;
        private long seen = -1;
        private boolean revoked;

        Watch(Grant grant) {
            this.grant = grant;
        }

        @Override
        public boolean getAsBoolean() {
            long now = version;
            if (seen != now && !revoked) {
                revoked = revokes(grant);
                seen = now;
            }
            return revoked;
        }
    }

    /** A page of those that count, after the one with this id, or from the beginning. */
    public Page list(@Nullable String after, int limit) {
        Instant now = clock.instant();
        var page = new ArrayList<Revocation>();
        for (Revocation next : (after == null ? byId : byId.tailMap(after, false)).values()) {
            if (next.counts(now)) {
                if (page.size() == limit) {
                    return new Page(page, true);
                }
                page.add(next);
            }
        }
        return new Page(page, false);
    }

    /** The time by which they end. */
    public Instant now() {
        return clock.instant();
    }

    /** How many there are, with those that have ended and were not let go yet. */
    public int size() {
        return byToken.size() + byUser.size();
    }

    /** Whether there is one with this id. It may have ended. */
    public boolean has(String id) {
        return byId.containsKey(id);
    }

    /** All of them. */
    public List<Revocation> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Returns this revocation joined with the one that is here of the same token or user.
     *
     * @throws TooManyRevocationsException if there is none, and no room for another
     */
    public synchronized Revocation joined(Revocation asked) {
        Instant now = clock.instant();
        Revocation known = byId.get(asked.id());
        if (known != null && known.counts(now)) {
            return known.with(asked);
        }
        sweep(now, size() >= MOST ? Duration.ofSeconds(1) : SWEEP);
        if (size() >= MOST) {
            throw new TooManyRevocationsException();
        }
        return asked;
    }

    /** Has a revocation count from now on, in the place of another of the same token or user. */
    public synchronized void put(Revocation revocation) {
        sweep(clock.instant(), SWEEP);
        byId.put(revocation.id(), revocation);
        if (revocation.jti() != null) {
            byToken.put(revocation.jti(), revocation);
        } else if (revocation.user() != null) {
            byUser.put(revocation.user(), revocation);
        }
        version++;
    }

    /** The same, with the later times of it and of one that is here. */
    public synchronized void putLater(Revocation revocation) {
        Revocation known = byId.get(revocation.id());
        if (known == null || !known.with(revocation).equals(known)) {
            put(known == null ? revocation : known.with(revocation));
        }
    }

    /** Has the revocation with this id count no more. Returns whether there was one. */
    public synchronized boolean remove(String id) {
        Revocation known = byId.remove(id);
        if (known == null) {
            return false;
        }
        forget(known);
        return known.counts(clock.instant());
    }

    /** Has this very revocation count no more, unless another has taken its place. */
    @SuppressWarnings("ReferenceEquality") // One that was kept anew meanwhile stays, even if its times are the same.
    public synchronized void remove(Revocation revocation) {
        if (byId.get(revocation.id()) == revocation) {
            remove(revocation.id());
        }
    }

    private void forget(Revocation known) {
        if (known.jti() != null) {
            byToken.remove(known.jti());
        } else if (known.user() != null) {
            byUser.remove(known.user());
        }
    }

    /** Lets those go that have ended, unless that was done lately. */
    private void sweep(Instant now, Duration atLeast) {
        if (now.isBefore(swept.equals(Instant.MIN) ? swept : swept.plus(atLeast))) {
            return;
        }
        swept = now;
        for (Revocation each : byId.values()) {
            if (!each.counts(now)) {
                byId.remove(each.id());
                forget(each);
            }
        }
    }
}
