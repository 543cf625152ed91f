package dev.tidings.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the streams of a hub: all of them, those of one user, those from one address, and how many are opened from one address in a
 * second.
 *
 * <p>Addresses of IPv6 count by their network of 64 bits, since one machine has all addresses of such a network to choose from.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
final class StreamLimit {

    private static final String ALL = "";

    /** The place of a stream that no limit counts. */
    static final Place NOWHERE = new Place(List.of());

    /** Streams last for minutes, so that there is no room within seconds. */
    private static final Duration UNTIL_ROOM = Duration.ofSeconds(30);

    private final HubLimits limits;
    private final Refusals refusals;
    private final Tally all = new Tally("streams");
    private final Tally ofUsers = new Tally("streams-of-users");
    private final Tally fromAddresses = new Tally("streams-from-addresses");
    private final RateLimit opened;
    private final boolean isNone;

    StreamLimit(HubLimits limits, Refusals refusals, LongSupplier nanoTime) {
        this.limits = limits;
        this.refusals = refusals;
        this.opened = new RateLimit("streams-opened", limits.connectRate(), nanoTime);
        this.isNone = limits.streams() == 0 && limits.streamsPerUser() == 0 && limits.streamsPerAddress() == 0;
    }

    /**
     * What a stream takes.
     *
     * @param counts where it counts
     */
    record Place(List<Tally.Count> counts) {

        /** Gives it back. Allocates nothing, so that lack of memory cannot make it fail. */
        void release() {
            for (int i = 0; i < counts.size(); i++) {
                counts.get(i).release();
            }
        }
    }

    /** The counts that the nodes of a hub tell each other: those that have a bound. */
    List<SharedCount> shared() {
        var shared = new ArrayList<SharedCount>();
        if (limits.streams() > 0) {
            shared.add(all);
        }
        if (limits.streamsPerUser() > 0) {
            shared.add(ofUsers);
        }
        if (limits.streamsPerAddress() > 0) {
            shared.add(fromAddresses);
        }
        if (limits.connectRate() > 0) {
            shared.add(opened);
        }
        return shared;
    }

    /**
     * Takes the place of one stream.
     *
     * @throws LimitReachedException if there is none; then nothing is taken but, as any other try, one of the streams a second
     */
    Place take(Peer peer) {
        String network = peer.network();
        Duration wait = opened.take(network, 1);
        if (!wait.isZero()) {
            throw tooFast(peer, wait);
        }
        var place = isNone ? NOWHERE : new Place(new ArrayList<>(3));
        try {
            take(place, all, ALL, limits.streams(), Limit.STREAMS, peer);
            if (peer.user() != null) {
                take(place, ofUsers, peer.user(), limits.streamsPerUser(), Limit.STREAMS_PER_USER, peer);
            }
            take(place, fromAddresses, network, limits.streamsPerAddress(), Limit.STREAMS_PER_ADDRESS, peer);
            return place;
        } catch (Throwable failure) {
            place.release();
            throw failure;
        }
    }

    /** Throws what {@link #take} would throw now, and takes nothing. */
    void requireRoom(Peer peer) {
        String network = peer.network();
        Duration wait = opened.untilFree(network);
        if (!wait.isZero()) {
            throw tooFast(peer, wait);
        }
        requireRoom(all, ALL, limits.streams(), Limit.STREAMS, peer);
        if (peer.user() != null) {
            requireRoom(ofUsers, peer.user(), limits.streamsPerUser(), Limit.STREAMS_PER_USER, peer);
        }
        requireRoom(fromAddresses, network, limits.streamsPerAddress(), Limit.STREAMS_PER_ADDRESS, peer);
    }

    private void take(Place place, Tally tally, String key, int most, Limit limit, Peer peer) {
        if (most > 0) {
            Tally.@Nullable Count count = tally.take(key, most);
            if (count == null) {
                throw full(limit, most, peer);
            }
            place.counts.add(count);
        }
    }

    private void requireRoom(Tally tally, String key, int most, Limit limit, Peer peer) {
        if (most > 0 && tally.isFull(key, most)) {
            throw full(limit, most, peer);
        }
    }

    private LimitReachedException full(Limit limit, int most, Peer peer) {
        String sentence = switch (limit) {
            case STREAMS_PER_USER -> "This user has " + most + " streams open, as many as one may have";
            case STREAMS_PER_ADDRESS -> most + " streams are open from this address, as many as one address may have";
            default -> "The hub has " + most + " streams open, as many as it may have";
        };
        String who = limit == Limit.STREAMS_PER_USER ? peer.user() + ", " + peer.address() : peer.address();
        return refusals.refuse(
                limit, who, sentence + " (" + limit.setting() + "). Close some, or try again later.", UNTIL_ROOM);
    }

    private LimitReachedException tooFast(Peer peer, Duration wait) {
        return refusals.refuse(
                Limit.CONNECT_RATE,
                peer.address(),
                "More than " + limits.connectRate() + " streams a second are opened from this address ("
                        + Limit.CONNECT_RATE.setting() + "). Try again later.",
                wait);
    }
}
