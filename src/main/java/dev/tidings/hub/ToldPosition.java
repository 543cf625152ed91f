package dev.tidings.hub;

/**
 * The place of which one subscriber's peer last heard, with an event or between events.
 *
 * <p>A peer that hears of positions is to hear of a fresh one before its own is too old ({@link Staleness}). To one that
 * does not, only its last event counts, and however old that is, nothing can be done about it.
 *
 * <p><b>Threads.</b> {@link #event} and {@link #position} belong to the subscriber's sink; any may ask.
 */
final class ToldPosition {

    private final Staleness staleness;
    private final boolean hearsPositions;
    private volatile long place;

    /**
     * @param hearsPositions as the sink says it
     * @param place where the peer begins
     */
    ToldPosition(Staleness staleness, boolean hearsPositions, long place) {
        this.staleness = staleness;
        this.hearsPositions = hearsPositions;
        this.place = place;
    }

    long place() {
        return place;
    }

    /** The peer is about to have the event of this place. */
    void event(long eventPlace) {
        place = eventPlace;
    }

    /** The peer is about to be told that this place is reached, if it hears of any. */
    void position(long reached) {
        if (hearsPositions) {
            place = reached;
        }
    }

    /** Whether it should hear that another place is reached, since many events went by, or that {@link #isUrgent}. */
    boolean isStale(long reached) {
        return hearsPositions && staleness.isStale(place, reached);
    }

    /** Whether it should hear so at once, since history may soon have passed its own. */
    boolean isUrgent(long reached) {
        return hearsPositions && staleness.isUrgent(place, reached);
    }
}
